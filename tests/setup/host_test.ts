import { deepStrictEqual, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { MACHINE, NPM, onMachine, PYTHON } from "./machine.ts";

Deno.test("set-up does not use Debian's npm 9.2, which cannot read the lock file", async () => {
  const programs = { ...MACHINE, npm: NPM.replace("echo 11", "echo 9.2.0") };
  await onMachine(programs, async ({ root, setUp }) => {
    // Deno cannot download npm either.
    const env = { NPM_CONFIG_REGISTRY: "http://127.0.0.1:9" };
    deepStrictEqual((await setUp([], env)).lines, [
      "Cannot set up, missing: npm 10 or newer (and Deno cannot " +
      "download it, is there a network?)",
    ]);
    ok(!existsSync(join(root, "calls")));
  });
});

/** Code that makes Deno report another `build` or `version`. */
function hostWith(property: "build" | "version", values: object): string {
  const value = JSON.stringify({ ...Deno[property], ...values });
  return `Object.defineProperty(Deno, "${property}", { value: ${value} });`;
}

Deno.test("set-up on macOS or Windows points to the container in one line", async () => {
  await onMachine({}, async ({ root, setUp }) => {
    for (const [os, name] of [["darwin", "macOS"], ["windows", "Windows"]]) {
      const host = hostWith("build", { os, arch: "x86_64" });
      const { code, lines } = await setUp([], {}, host);
      deepStrictEqual(lines, [
        "Cannot set up: TensorFlow's libraries come from its Linux wheels " +
        `for x86_64 and aarch64; on ${name} x86_64 use the container: ` +
        "docker build -t ils . (docs/install.md)",
      ]);
      deepStrictEqual(code, 1);
    }
    ok(!existsSync(join(root, "data/.set-up-lock")));
  });
});

Deno.test("set-up warns about an untested version of Deno and continues", async () => {
  await onMachine(MACHINE, async ({ setUp }) => {
    const host = hostWith("version", { deno: "2.0.0" });
    const { lines } = await setUp([], {}, host);
    match(
      lines[0],
      /^Warning: Deno 2\.0\.0 is untested, 2\.\d+\.\d+ is tested/,
    );
    deepStrictEqual(lines[1], "Install the npm packages into node_modules");
    match((await setUp()).lines[0], /^Install/);
  });
});

Deno.test("set-up accepts Python 3.14, for which TensorFlow has no wheel", async () => {
  const programs = { ...MACHINE, python3: PYTHON.replace("3 11", "3 14") };
  await onMachine(programs, async ({ setUp }) => {
    const { lines } = await setUp();
    match(lines.at(-1) ?? "", /environment \.venv: no space is left/);
  });
});

Deno.test("set-up replaces a link to another environment and keeps that environment", async () => {
  await onMachine(MACHINE, async ({ root, setUp }) => {
    const other = join(root, "other");
    await Deno.mkdir(other);
    await Deno.writeTextFile(join(other, "kept"), "");
    await Deno.symlink(other, join(root, ".venv"));
    await setUp();
    ok(!existsSync(join(root, ".venv")));
    ok(existsSync(join(other, "kept")));
  });
});
