import { join } from "node:path";
import { mustRun } from "./command.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { VENV, VENV_PYTHON } from "./paths.ts";
import { diskSpace, findPython, python } from "./prerequisites.ts";
import { exists, hashOf, readStamp, writeStamp } from "./stamp.ts";
import { SetupError, type Step } from "./step.ts";

/** Which build of TensorFlow's libraries. */
export type Variant = "cpu" | "cuda";

const STAMP = join(VENV, ".set-up");
const GIGABYTES: Record<Variant, number> = { cpu: 2.5, cuda: 9 };

const listOf = (variant: Variant) => join(ROOT, `requirements-${variant}.txt`);
const REQUIREMENTS = join(ROOT, "requirements.txt");
const CONSTRAINTS = join(ROOT, "constraints.txt");

/** What the stamp of a finished environment says. */
export async function environmentStamp(variant: Variant): Promise<string> {
  const files = [REQUIREMENTS, CONSTRAINTS, listOf(variant)];
  return `${variant} ${await hashOf(files)}`;
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
      // From an empty folder: pip takes a half-copied package for a whole one.
      await mustRun("make the Python environment .venv", program, [
        "-m",
        "venv",
        "--clear",
        VENV,
      ]);
      // Only the C libraries are used, not what TensorFlow's Python needs.
      await pip("TensorFlow's libraries", "--no-deps", "-r", listOf(variant));
      await pip("JupyterLab", "-r", REQUIREMENTS, "-c", CONSTRAINTS);
      // JupyterLab starts Node on a script in here, which would take the
      // project's package.json for its own and the script for a module.
      await Deno.writeTextFile(join(VENV, "package.json"), "{}\n");
      await writeStamp(STAMP, await environmentStamp(variant));
    },
  };
}

async function pip(what: string, ...args: string[]) {
  await mustRun(`install ${what}`, VENV_PYTHON, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-input",
    ...args,
  ]);
}
