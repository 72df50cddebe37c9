/** `deno task test`, run on small test files. */
import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ended, hasEnded } from "../processes.ts";
import { permissionsOf } from "../tasks.ts";

const MAIN = fileURLToPath(
  new URL("../../tools/test/main.ts", import.meta.url),
);

const passing = (name: string) => `
for (let i = 0; i < 3; i++) {
  Deno.test("${name} " + i, async () => {
    console.log("printed by ${name}");
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
}`;
const FAILING = `
Deno.test("fails", () => { throw new Error("as it should"); });
Deno.test.ignore("is ignored", () => {});`;
/** Starts a process, saves its id and waits. */
const WAITING = `
Deno.test("waits", async () => {
  const child = new Deno.Command("sleep", { args: ["60"] }).spawn();
  const path = new URL("./pid", import.meta.url);
  Deno.writeTextFileSync(path, String(child.pid));
  await child.status;
});`;

Deno.test("deno task test runs several processes and counts all tests in the last line", () =>
  withFiles({ a: passing("a"), b: passing("b") }, async ({ run }) => {
    const { code, lines } = await run();
    deepStrictEqual([code, lines.at(-1)], [0, "6 passed, 0 failed"]);
    const printed = lines.filter((line) => line.startsWith("printed by"))
      .join("");
    // The output of each process is in one piece.
    match(
      printed,
      /^((printed by a){3}(printed by b){3}|(printed by b){3}(printed by a){3})$/,
    );
  }));

Deno.test("deno task test lists a failed test and exits with code 1", () =>
  withFiles({ a: passing("a"), b: FAILING }, async ({ run }) => {
    const { code, lines } = await run();
    deepStrictEqual(code, 1);
    deepStrictEqual(lines.at(-1), "3 passed, 1 failed, 1 skipped");
    match(lines.slice(lines.indexOf("Failed:")).join("\n"), /^fails => /m);
  }));

Deno.test("deno task test prints no count if a process is killed", () => {
  const killed = "Deno.kill(Deno.pid, 'SIGKILL');";
  return withFiles({ a: passing("a"), b: killed }, async ({ run }) => {
    const { code, lines } = await run();
    deepStrictEqual(code, 137);
    deepStrictEqual(lines.at(-1), "The tests did not finish");
  });
});

Deno.test("deno task test passes options on to deno test", () =>
  withFiles({ a: passing("a"), b: passing("b") }, async ({ run }) => {
    const { code, lines } = await run("--filter=a 1");
    deepStrictEqual([code, lines.at(-1)], [0, "1 passed, 0 failed"]);
  }));

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`${signal} ends the tests and the processes that they started`, () =>
    withFiles({ a: WAITING, b: passing("b") }, async ({ folder, start }) => {
      const runner = start();
      const path = join(folder, "pid");
      let pid = 0;
      while (pid === 0) {
        pid = Number(await Deno.readTextFile(path).catch(() => "0"));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      ok(!hasEnded(pid));
      runner.kill(signal);
      const { code, stdout } = await runner.output();
      deepStrictEqual(code, signal === "SIGINT" ? 130 : 143);
      ok(!/^\d+ passed, /m.test(new TextDecoder().decode(stdout)));
      await ended(pid);
    }));
}

interface Runner {
  readonly folder: string;
  start(...options: string[]): Deno.ChildProcess;
  run(...options: string[]): Promise<{ code: number; lines: string[] }>;
}

/** Runs `use` with a folder of test files. */
async function withFiles(
  files: Readonly<Record<string, string>>,
  use: (runner: Runner) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(folder, `${name}_test.ts`), text);
    }
    const start = (...options: string[]) =>
      new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          ...permissionsOf("test"),
          "--no-check",
          MAIN,
          folder,
          ...options,
        ],
        env: { NO_COLOR: "1" },
        stdout: "piped",
        stderr: "piped",
      }).spawn();
    const run = async (...options: string[]) => {
      const { code, stdout } = await start(...options).output();
      const lines = new TextDecoder().decode(stdout).trimEnd().split("\n");
      return { code, lines };
    };
    await use({ folder, start, run });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
