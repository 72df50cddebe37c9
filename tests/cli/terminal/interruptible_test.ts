import assert from "node:assert/strict";
import { interruptible } from "../../../lib/cli/terminal/interruptible.ts";

Deno.test("interruptible() passes on results and other errors", async () => {
  const never = () => assert.fail("nothing was aborted");
  assert.equal(await interruptible(() => Promise.resolve(7), never), 7);
  const broken = new Error("broken");
  await assert.rejects(
    interruptible(() => Promise.reject(broken), never),
    (error) => error === broken,
  );
});

/** Returns a program with interruptible work that ends after ten seconds. */
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
}), () => new Error("interrupted")).catch(({ message }) => {
  console.log(message);
  Deno.exit(3);
});
`;

/** Runs such a program and sends it a signal after each output, at most twice. */
async function signalled(onAbort: string, signal: Deno.Signal) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", program(onAbort)],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let output = "";
  let sent = 0;
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += chunk;
    if (!output.includes("interrupted") && sent++ < 2) child.kill(signal);
  }
  const status = await child.status;
  return { output, code: status.code, signal: status.signal };
}

Deno.test("interruptible() aborts work on a signal and throws the error of onAbort", async () => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    assert.deepEqual(await signalled("reject(signal.reason)", signal), {
      output: "ready\ninterrupted\n",
      code: 3,
      signal: null,
    });
  }
});

Deno.test("a second signal ends a program whose work ignores the first", async () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    const { output, ...status } = await signalled(
      'console.log("ignored")',
      signal,
    );
    assert.equal(output, "ready\nignored\n");
    assert.equal(status.signal, signal);
  }
});
