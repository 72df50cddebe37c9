/**
 * Pins the Python packages: compiles each `.in` file below into a lock file (`.txt`)
 * with all packages, their versions for each supported Python, and the hashes of
 * their files. Versions in an existing lock file are kept unless
 * `--upgrade` is given.
 *
 *   deno run -A tools/pin_python.ts [--upgrade]
 */
import { join } from "node:path";
import { attempt, mustRun } from "./setup/command.ts";
import { findPython } from "./setup/prerequisites.ts";

const UV = "uv==0.13.9";

/** A lock file. */
interface Lock {
  /** Its path without the ending. */
  readonly path: string;
  readonly oldestPython: string;
  /** Whether it includes the packages that the named ones need. */
  readonly dependencies: boolean;
}

const LOCKS: readonly Lock[] = [
  lock("requirements/jupyter"),
  lock("requirements/tensorflow-cpu", { dependencies: false }),
  lock("requirements/tensorflow-cuda", { dependencies: false }),
  lock("requirements/cluster-build", { oldestPython: "3.11" }),
  lock("requirements/cluster", { oldestPython: "3.11" }),
  lock("bench/peers/requirements", { oldestPython: "3.11" }),
];

const upgrade = Deno.args.includes("--upgrade");
const folder = await Deno.makeTempDir({ prefix: "pin-python-" });
try {
  const uv = await installUv(folder);
  for (const lock of LOCKS) await compile(uv, lock);
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** Installs uv into a separate environment and returns its path. */
async function installUv(folder: string): Promise<string> {
  const python = await findPython() ?? "python3";
  await mustRun("make an environment for uv", python, ["-m", "venv", folder]);
  const program = join(folder, "bin", "python");
  await mustRun(`install ${UV}`, program, ["-m", "pip", "install", "-q", UV]);
  return join(folder, "bin", "uv");
}

function lock(path: string, options: Partial<Lock> = {}): Lock {
  return { path, oldestPython: "3.10", dependencies: true, ...options };
}

async function compile(
  uv: string,
  { path, oldestPython, dependencies }: Lock,
) {
  const outcome = await attempt(uv, [
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--generate-hashes",
    `--python-version=${oldestPython}`,
    "--custom-compile-command=deno run -A tools/pin_python.ts",
    ...dependencies ? [] : ["--no-deps"],
    ...upgrade ? ["--upgrade"] : [],
    `${path}.in`,
    `--output-file=${path}.txt`,
  ]);
  // uv explains conflicting requirements in several lines.
  if (!outcome?.success) throw new Error(outcome?.output ?? "uv is missing");
}
