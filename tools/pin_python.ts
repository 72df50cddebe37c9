/**
 * Pins the Python packages: compiles each `requirements/*.in` into a lock
 * (`.txt`) that names every package, its version for each Python from 3.10 on,
 * and the hashes of its files. Versions in a present lock are kept unless
 * `--upgrade` is given.
 *
 *   deno run -A tools/pin_python.ts [--upgrade]
 */
import { join } from "node:path";
import { attempt, mustRun } from "./setup/command.ts";
import { findPython } from "./setup/prerequisites.ts";

const UV = "uv==0.13.9";
const OLDEST_PYTHON = "3.10";

/** Locks by name, and whether they include what their packages require. */
const LOCKS: readonly [string, "whole" | "no-deps"][] = [
  ["jupyter", "whole"],
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

/** Installs uv into a folder of its own and returns its path. */
async function installUv(folder: string): Promise<string> {
  const python = await findPython() ?? "python3";
  await mustRun("make an environment for uv", python, ["-m", "venv", folder]);
  const program = join(folder, "bin", "python");
  await mustRun(`install ${UV}`, program, ["-m", "pip", "install", "-q", UV]);
  return join(folder, "bin", "uv");
}

async function compile(uv: string, name: string, extent: "whole" | "no-deps") {
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
  // uv explains over several lines which requirements cannot be met together.
  if (!outcome?.success) throw new Error(outcome?.output ?? "uv is missing");
}
