/**
 * Pins the Python packages: compiles each `requirements/*.in` into a lock file
 * (`.txt`) with all packages, their versions for each Python from 3.10 on, and the
 * hashes of their files. Versions in an existing lock file are kept unless
 * `--upgrade` is given.
 *
 *   deno run -A tools/pin_python.ts [--upgrade]
 */
import { join } from "node:path";
import { attempt, mustRun } from "./setup/command.ts";
import { findPython } from "./setup/prerequisites.ts";

const UV = "uv==0.13.9";
const OLDEST_PYTHON = "3.10";

/** Lock files, and whether they include dependencies. */
const LOCKS: readonly [string, "all" | "no-deps"][] = [
  ["jupyter", "all"],
  ["tensorflow-cpu", "no-deps"],
  ["tensorflow-cuda", "no-deps"],
];

const upgrade = Deno.args.includes("--upgrade");
const folder = await Deno.makeTempDir({ prefix: "pin-python-" });
try {
  const uv = await installUv(folder);
  for (const [name, extent] of LOCKS) await compile(uv, name, extent);
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

async function compile(uv: string, name: string, extent: "all" | "no-deps") {
  const outcome = await attempt(uv, [
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--generate-hashes",
    `--python-version=${OLDEST_PYTHON}`,
    "--custom-compile-command=deno run -A tools/pin_python.ts",
    ...extent === "no-deps" ? ["--no-deps"] : [],
    ...upgrade ? ["--upgrade"] : [],
    `requirements/${name}.in`,
    `--output-file=requirements/${name}.txt`,
  ]);
  // uv explains conflicting requirements in several lines.
  if (!outcome?.success) throw new Error(outcome?.output ?? "uv is missing");
}
