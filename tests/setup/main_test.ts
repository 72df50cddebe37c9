import { deepStrictEqual, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";

const COPIED = [
  "deno.json",
  "deno.lock",
  "package.json",
  "package-lock.json",
  ".npmrc",
  "requirements/jupyter.txt",
  "requirements/tensorflow-cpu.txt",
  "requirements/tensorflow-cuda.txt",
  "tools/setup",
  "lib/data",
  "lib/engine/platform.ts",
  "lib/bad_input.ts",
  "lib/random.ts",
  "lib/files",
];

/** Writes each call down; `npm ci` does what the variable `NPM` says. */
const NPM = `#!/bin/sh
[ "$1" = --version ] && echo 11 && exit 0
echo "$1" >> calls
/bin/mkdir -p node_modules/@tensorflow/tfjs-node-gpu
case $NPM in
  offline) echo "npm error code ENOTFOUND" >&2; exit 1 ;;
  killed) kill -9 $$ ;;
  broken) echo "npm error code EINTEGRITY"; echo "npm error more"; exit 1 ;;
esac
`;
/** A Python 3.11 that has no room for an environment. */
const PYTHON = `#!/bin/sh
case "$2" in
  *version_info*) echo "3 11" ;;
  venv) echo "OSError: [Errno 28] No space left on device"; exit 1 ;;
esac
`;
const COMPILER = "#!/bin/sh\n";

/** A fresh copy of the project on a machine with only the given programs. */
async function onMachine(
  programs: Record<string, string>,
  use: (machine: {
    root: string;
    setUp: (
      flags?: string[],
      env?: Record<string, string>,
      host?: string,
    ) => Promise<{ code: number; lines: string[] }>;
    calls: () => Promise<string[]>;
  }) => Promise<void>,
) {
  const root = await Deno.makeTempDir();
  const bin = join(root, "bin");
  try {
    await Deno.mkdir(bin);
    await Deno.mkdir(join(root, "data"));
    for (const [name, text] of Object.entries(programs)) {
      await Deno.writeTextFile(join(bin, name), text, { mode: 0o755 });
    }
    for (const path of COPIED) {
      await cp(join(ROOT, path), join(root, path), { recursive: true });
    }
    const setUp = async (flags: string[] = [], env = {}, host = "") => {
      const preload = join(root, "host.js");
      await Deno.writeTextFile(preload, host);
      const script = join(root, "tools/setup/main.ts");
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", `--preload=${preload}`, script, ...flags],
        cwd: root,
        clearEnv: true,
        env: { PATH: bin, NO_COLOR: "1", HOME: root, TMPDIR: root, ...env },
      }).output();
      const text = new TextDecoder().decode(stderr).trimEnd();
      return { code, lines: text.split("\n") };
    };
    const calls = async () =>
      (await Deno.readTextFile(join(root, "calls"))).trim().split("\n");
    await use({ root, setUp, calls });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("set-up names all that is missing, in one line, and writes nothing", async () => {
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

Deno.test("set-up names Debian's package for Python's venv module", async () => {
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

/** Code that makes Deno report another `build` or `version`. */
function hostWith(property: "build" | "version", values: object): string {
  const value = JSON.stringify({ ...Deno[property], ...values });
  return `Object.defineProperty(Deno, "${property}", { value: ${value} });`;
}

Deno.test("set-up on macOS or Windows names the container, in one line", async () => {
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

Deno.test("set-up warns about a Deno that nobody tested, and carries on", async () => {
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

Deno.test("set-up takes Python 3.14, for which TensorFlow has no wheel", async () => {
  const programs = { ...MACHINE, python3: PYTHON.replace("3 11", "3 14") };
  await onMachine(programs, async ({ setUp }) => {
    const { lines } = await setUp();
    match(lines.at(-1) ?? "", /environment \.venv: no space is left/);
  });
});

Deno.test("set-up replaces a link to another environment and leaves that one alone", async () => {
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

Deno.test("set-up passes over a Python that is too old", async () => {
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

const MACHINE = { npm: NPM, python3: PYTHON, "c++": COMPILER };

Deno.test("set-up without a network says so in one line", async () => {
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

Deno.test("set-up tells another failure's own line and where all of it is", async () => {
  await onMachine(MACHINE, async ({ setUp }) => {
    const { lines } = await setUp([], { NPM: "broken" });
    const last = lines.at(-1) ?? "";
    const log = /npm packages: npm error code EINTEGRITY \(all of it in (.*)\)$/
      .exec(last)?.[1];
    ok(log !== undefined, last);
    match(await Deno.readTextFile(log), /npm error more/);
  });
});

Deno.test("set-up does an interrupted step again and a finished one not", async () => {
  await onMachine(MACHINE, async ({ setUp, calls }) => {
    const killed = await setUp([], { NPM: "killed" });
    deepStrictEqual(killed.code, 1);
    for (let i = 0; i < 2; i++) {
      const { code, lines } = await setUp();
      // npm succeeds now; the next step ends on a full disk.
      match(lines.at(-1) ?? "", /\.venv: no space is left on the disk$/);
      deepStrictEqual(code, 1);
    }
    deepStrictEqual(await calls(), ["ci", "ci"]);
  });
});

Deno.test("set-up does a step again when what it was made from has changed", async () => {
  await onMachine(MACHINE, async ({ root, setUp, calls }) => {
    await setUp();
    await Deno.writeTextFile(join(root, ".npmrc"), "#\n", { append: true });
    await setUp();
    deepStrictEqual(await calls(), ["ci", "ci"]);
  });
});

Deno.test("set-up links the engine that danfojs asks for to the one there is", async () => {
  await onMachine(MACHINE, async ({ root, setUp }) => {
    await setUp();
    const link = join(root, "node_modules/@tensorflow/tfjs-node");
    deepStrictEqual(await Deno.readLink(link), "tfjs-node-gpu");
  });
});

Deno.test("set-up refuses an option that it does not know, and both builds", async () => {
  await onMachine({}, async ({ setUp }) => {
    deepStrictEqual((await setUp(["--gpu"])).lines, [
      "Cannot set up with --gpu: allowed are --cuda, --cpu, --quiet, --help",
    ]);
    deepStrictEqual((await setUp(["--gpu"])).code, 2);
    deepStrictEqual((await setUp(["--cuda", "--cpu"])).code, 2);
  });
});
