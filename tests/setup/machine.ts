/** Simulated machines for the tests of set-up. */
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { permissionsOf } from "../tasks.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
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

/** An npm that records its calls and fails as the variable `NPM` says. */
export const NPM = `#!/bin/sh
[ "$1" = --version ] && echo 11 && exit 0
echo "$1" >> calls
/bin/mkdir -p node_modules/@tensorflow/tfjs-node-gpu
case $NPM in
  offline) echo "npm error code ENOTFOUND" >&2; exit 1 ;;
  killed) kill -9 $$ ;;
  broken) echo "npm error code EINTEGRITY"; echo "npm error more"; exit 1 ;;
esac
`;
/** A Python 3.11 that finds the disk full when it makes an environment. */
export const PYTHON = `#!/bin/sh
case "$2" in
  *version_info*) echo "3 11" ;;
  venv) echo "OSError: [Errno 28] No space left on device"; exit 1 ;;
esac
`;
export const COMPILER = "#!/bin/sh\n";

/** Runs `use` with a copy of the project and only the given programs. */
export async function onMachine(
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
        args: [
          "run",
          ...permissionsOf("setup"),
          `--preload=${preload}`,
          script,
          ...flags,
        ],
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

/** All prerequisites of set-up, with a full disk. */
export const MACHINE = { npm: NPM, python3: PYTHON, "c++": COMPILER };
