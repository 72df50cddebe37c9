import { join } from "node:path";
import { mustRun } from "./command.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { TENSORFLOW, VENV, VENV_PYTHON } from "./paths.ts";
import { diskSpace, findPython, python } from "./prerequisites.ts";
import { exists, hashOf, readStamp, writeStamp } from "./stamp.ts";
import { SetupError, type Step } from "./step.ts";

/** Which build of TensorFlow's libraries. */
export type Variant = "cpu" | "cuda";

const STAMP = join(VENV, ".set-up");
const GIGABYTES: Record<Variant, number> = { cpu: 2.5, cuda: 9 };

const lockOf = (name: string) => join(ROOT, "requirements", `${name}.txt`);
const JUPYTER = lockOf("jupyter");

/** The stamp of a finished environment. */
export async function environmentStamp(variant: Variant): Promise<string> {
  return `${variant} ${await hashOf([
    JUPYTER,
    lockOf(`tensorflow-${variant}`),
  ])}`;
}

/** The build that is installed, if any. */
export async function installedVariant(): Promise<Variant | undefined> {
  const variant = (await readStamp(STAMP))?.split(" ")[0];
  return variant === "cpu" || variant === "cuda" ? variant : undefined;
}

/** `.venv`, with TensorFlow's libraries and JupyterLab. */
export function pythonEnvironment(variant: Variant): Step {
  const build = variant === "cpu" ? "" : " for CUDA";
  return {
    title: `Install TensorFlow's libraries${build} and JupyterLab into .venv`,
    needs: [python, diskSpace(GIGABYTES[variant])],
    isDone: async () =>
      await readStamp(STAMP) === await environmentStamp(variant) &&
      await exists(VENV_PYTHON),
    async run() {
      const program = await findPython();
      if (program === undefined) throw new SetupError("Python is missing");
      await makeEnvironment(program);
      await installTensorflow(variant);
      await pip("JupyterLab", jupyterArguments());
      // JupyterLab starts Node on a script in here, which would take the
      // project's package.json for its own and the script for a module.
      await Deno.writeTextFile(join(VENV, "package.json"), "{}\n");
      await writeStamp(STAMP, await environmentStamp(variant));
    },
  };
}

/** Starts from an empty folder: pip takes a half-copied package for a whole. */
async function makeEnvironment(program: string) {
  // A link may lead to an environment that others use: replace it alone.
  const found = await Deno.lstat(VENV).catch(() => undefined);
  if (found?.isSymlink) await Deno.remove(VENV);
  await mustRun("make the Python environment .venv", program, [
    "-m",
    "venv",
    "--clear",
    VENV,
  ]);
}

/** Every wheel must have a hash that the lock names; nothing is built here. */
const CHECKED = ["--require-hashes", "--only-binary=:all:"];

/**
 * pip's arguments for TensorFlow's C libraries. The wheel is always the one for
 * Python 3.13: only its C libraries are used, which are the same in the wheels
 * for other versions, and a Python without a wheel of its own (3.14) can
 * unpack it too. What TensorFlow's Python code needs is left out.
 */
export function tensorflowArguments(variant: Variant): string[] {
  return [
    ...CHECKED,
    "--no-deps",
    "--no-compile",
    "--implementation=cp",
    "--python-version=3.13",
    "--abi=cp313",
    `--target=${TENSORFLOW}`,
    `--requirement=${lockOf(`tensorflow-${variant}`)}`,
  ];
}

/** pip's arguments for JupyterLab and the notebook runner. */
export function jupyterArguments(): string[] {
  return [...CHECKED, `--requirement=${JUPYTER}`];
}

async function installTensorflow(variant: Variant) {
  // pip unpacks into TMPDIR and then moves; /tmp may be too small for it.
  const temporary = join(VENV, "tmp");
  await Deno.mkdir(temporary);
  await pip("TensorFlow's libraries", tensorflowArguments(variant), {
    TMPDIR: temporary,
  });
  await Deno.remove(temporary, { recursive: true });
}

async function pip(
  what: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  await mustRun(`install ${what}`, VENV_PYTHON, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-input",
    ...args,
  ], env);
}
