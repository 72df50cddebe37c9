import assert from "node:assert/strict";
import { interruptible } from "../../../lib/cli/terminal/interruptible.ts";

Deno.test("interruptible() leaves results and other errors as they are", async () => {
  const never = () => assert.fail("nothing was aborted");
  assert.equal(await interruptible(() => Promise.resolve(7), never), 7);
  const broken = new Error("broken");
  await assert.rejects(
    interruptible(() => Promise.reject(broken), never),
    (error) => error === broken,
  );
});

/** A program of one interruptible work that ends by itself after ten seconds. */
const program = (onAbort: string) => `
import { interruptible } from ${
  JSON.stringify(
    new URL("../../../lib/cli/terminal/interruptible.ts", import.meta.url),
  )
};
await interruptible((signal) => new Promise((resolve, reject) => {
  signal.addEventListener("abort", () => ${onAbort});
  setTimeout(resolve, 10_000);
  console.log("ready");
}), () => new Error("put off")).catch(({ message }) => {
  console.log(message);
  Deno.exit(3);
});
`;

/** Runs such a program and sends it a signal each time it says something, twice at most. */
async function signalled(onAbort: string, signal: Deno.Signal) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", program(onAbort)],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let said = "";
  let sent = 0;
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    said += chunk;
    if (!said.includes("put off") && sent++ < 2) child.kill(signal);
  }
  const status = await child.status;
  return { said, code: status.code, signal: status.signal };
}

Deno.test("interruptible() aborts work on a signal, and throws what it is told to", async () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    assert.deepEqual(await signalled("reject(signal.reason)", signal), {
      said: "ready\nput off\n",
      code: 3,
      signal: null,
    });
  }
});

Deno.test("a second signal ends a program whose work heeds none", async () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    const { said, ...status } = await signalled('console.log("deaf")', signal);
    assert.equal(said, "ready\ndeaf\n");
    assert.equal(status.signal, signal);
  }
});
