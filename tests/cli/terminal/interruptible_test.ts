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
}), (name) => new Error("interrupted " + name)).catch(({ message }) => {
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
      output: `ready\ninterrupted ${signal}\n`,
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

/** Sends signals to a program after its first output; returns how it ended. */
async function ending(
  command: readonly string[],
  signals: readonly Deno.Signal[],
): Promise<{ output: string; code: number }> {
  const [first, ...args] = command;
  const child = new Deno.Command(first, {
    args,
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let output = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (output === "") {
      for (const signal of signals) {
        child.kill(signal);
        // Signals that arrive together have no order.
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    output += chunk;
  }
  return { output, code: (await child.status).code };
}

Deno.test("a terminal that closes sends several SIGHUPs, of which the first one counts", async () => {
  const { output, code } = await ending(
    [Deno.execPath(), "eval", program("{}")],
    ["SIGHUP", "SIGHUP", "SIGHUP", "SIGTERM"],
  );
  assert.equal(output, "ready\n");
  assert.equal(code, 143);
});

Deno.test("a program that nohup has started ignores SIGHUP", async () => {
  const { output, code } = await ending(
    [
      ...["sh", "-c", 'trap "" HUP; exec "$@"', "sh"],
      ...[Deno.execPath(), "eval", program("reject(signal.reason)")],
    ],
    ["SIGHUP", "SIGINT"],
  );
  assert.equal(output, "ready\ninterrupted SIGINT\n");
  assert.equal(code, 3);
});
