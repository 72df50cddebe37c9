import { join } from "node:path";
import { mustRun } from "./command.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { TENSORFLOW, VENV, VENV_PYTHON } from "./paths.ts";
import { CHECKED, pip } from "./pip.ts";
import { diskSpace, findPython, python } from "./prerequisites.ts";
import { exists, hashOf, readStamp, writeStamp } from "./stamp.ts";
import { SetupError, type Step } from "./step.ts";

/** A build of TensorFlow's libraries. */
export type Variant = "cpu" | "cuda";

const STAMP = join(VENV, ".set-up");
const GIGABYTES: Record<Variant, number> = { cpu: 2.5, cuda: 9 };

const lockOf = (name: string) => join(ROOT, "requirements", `${name}.txt`);
const JUPYTER = lockOf("jupyter");

/** Returns the stamp of a finished environment. */
export async function environmentStamp(variant: Variant): Promise<string> {
  return `${variant} ${await hashOf([
    JUPYTER,
    lockOf(`tensorflow-${variant}`),
  ])}`;
}

/** Returns the installed build, if any. */
export async function installedVariant(): Promise<Variant | undefined> {
  const variant = (await readStamp(STAMP))?.split(" ")[0];
  return variant === "cpu" || variant === "cuda" ? variant : undefined;
}

/** Makes `.venv` with TensorFlow's libraries and JupyterLab. */
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
      await pip(VENV_PYTHON, { what: "JupyterLab", args: jupyterArguments() });
      // JupyterLab runs a Node script in this folder; without this file, Node would
      // apply the project's package.json and treat the script as a module.
      await Deno.writeTextFile(join(VENV, "package.json"), "{}\n");
      await writeStamp(STAMP, await environmentStamp(variant));
    },
  };
}

/** Starts from an empty folder, as pip does not notice half-copied packages. */
async function makeEnvironment(program: string) {
  // A link may lead to an environment that others use: replace only the link.
  const found = await Deno.lstat(VENV).catch(() => undefined);
  if (found?.isSymlink) await Deno.remove(VENV);
  await mustRun("make the Python environment .venv", program, [
    "-m",
    "venv",
    "--clear",
    VENV,
  ]);
}

/**
 * pip's arguments for TensorFlow's C libraries. They always select the wheel for
 * Python 3.13: only its C libraries are used, which are the same for all versions,
 * and Python 3.14, which has no wheel, can unpack it too. Dependencies of
 * TensorFlow's Python code are omitted.
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
  // pip unpacks to TMPDIR before moving; /tmp may be too small.
  const temporary = join(VENV, "tmp");
  await Deno.mkdir(temporary);
  await pip(VENV_PYTHON, {
    what: "TensorFlow's libraries",
    args: tensorflowArguments(variant),
    env: { TMPDIR: temporary },
  });
  await Deno.remove(temporary, { recursive: true });
}
