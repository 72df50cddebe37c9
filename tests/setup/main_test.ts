import { deepStrictEqual, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { COMPILER, MACHINE, NPM, onMachine, PYTHON } from "./machine.ts";

Deno.test("set-up lists all missing prerequisites in one line and writes nothing", async () => {
  await onMachine({ npm: NPM }, async ({ root, setUp }) => {
    const { code, lines } = await setUp();
    deepStrictEqual(lines, [
      "Cannot set up, missing: Python 3.10 to 3.14, a C++ compiler; " +
      "on Debian: apt-get install python3 g++",
    ]);
    deepStrictEqual(code, 1);
    ok(!existsSync(join(root, "node_modules")));
    ok(!existsSync(join(root, ".venv")));
  });
});

Deno.test("set-up names the Debian package of Python's venv module", async () => {
  const python = PYTHON.replace(
    'case "$2" in',
    'case "$2" in\n  *ensurepip*) exit 1 ;;',
  );
  const programs = { npm: NPM, python3: python, "g++": COMPILER };
  await onMachine(programs, async ({ setUp }) => {
    const { code, lines } = await setUp();
    deepStrictEqual(lines, [
      "Cannot set up, missing: Python's venv module; " +
      "on Debian: apt-get install python3-venv",
    ]);
    deepStrictEqual(code, 1);
  });
});

Deno.test("set-up does not use a Python that is too old", async () => {
  const old = PYTHON.replace("3 11", "3 9");
  const programs = {
    npm: NPM,
    python3: old,
    "python3.12": PYTHON.replace("3 11", "3 12"),
    "g++": COMPILER,
  };
  await onMachine(programs, async ({ setUp }) => {
    const { lines } = await setUp();
    match(lines.at(-1) ?? "", /environment \.venv: no space is left/);
  });
  await onMachine({ ...programs, "python3.12": old }, async ({ setUp }) => {
    match((await setUp()).lines[0], /missing: Python 3\.10 to 3\.14; on Deb/);
  });
});

Deno.test("set-up reports a missing network in one line", async () => {
  await onMachine(MACHINE, async ({ setUp }) => {
    const { code, lines } = await setUp([], { NPM: "offline" });
    deepStrictEqual(lines, [
      "Install the npm packages into node_modules",
      "Cannot install the npm packages: the package registry cannot be " +
      "reached, is there a network? (ENOTFOUND)",
    ]);
    deepStrictEqual(code, 1);
  });
});

Deno.test("set-up reports another failure by its error line and the path of the log", async () => {
  await onMachine(MACHINE, async ({ setUp }) => {
    const { lines } = await setUp([], { NPM: "broken" });
    const last = lines.at(-1) ?? "";
    const log = /npm packages: npm error code EINTEGRITY \(log: (.*)\)$/
      .exec(last)?.[1];
    ok(log !== undefined, last);
    match(await Deno.readTextFile(log), /npm error more/);
  });
});

Deno.test("set-up repeats an interrupted step and skips a finished one", async () => {
  await onMachine(MACHINE, async ({ setUp, calls }) => {
    const killed = await setUp([], { NPM: "killed" });
    deepStrictEqual(killed.code, 1);
    for (let i = 0; i < 2; i++) {
      const { code, lines } = await setUp();
      // npm succeeds now; the next step fails on the full disk.
      match(lines.at(-1) ?? "", /\.venv: no space is left on the disk$/);
      deepStrictEqual(code, 1);
    }
    deepStrictEqual(await calls(), ["ci", "ci"]);
  });
});

Deno.test("set-up repeats a step whose inputs have changed", async () => {
  await onMachine(MACHINE, async ({ root, setUp, calls }) => {
    await setUp();
    await Deno.writeTextFile(join(root, ".npmrc"), "#\n", { append: true });
    await setUp();
    deepStrictEqual(await calls(), ["ci", "ci"]);
  });
});

Deno.test("set-up links the engine that danfojs imports to the installed one", async () => {
  await onMachine(MACHINE, async ({ root, setUp }) => {
    await setUp();
    const link = join(root, "node_modules/@tensorflow/tfjs-node");
    deepStrictEqual(await Deno.readLink(link), "tfjs-node-gpu");
  });
});

Deno.test("set-up refuses unknown options and both builds", async () => {
  await onMachine({}, async ({ setUp }) => {
    deepStrictEqual((await setUp(["--gpu"])).lines, [
      "Cannot set up with --gpu: allowed are --cuda, --cpu, --cluster, --quiet, --help",
    ]);
    deepStrictEqual((await setUp(["--gpu"])).code, 2);
    deepStrictEqual((await setUp(["--cuda", "--cpu"])).code, 2);
  });
});
