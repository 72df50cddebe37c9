import { statfsSync } from "node:fs";
import { attempt } from "./command.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import type { Missing, Prerequisite } from "./step.ts";

/** Minor versions of Python 3 for which `requirements/jupyter.txt` has pins. */
const PYTHON_MINORS = [10, 11, 12, 13, 14];

/** Those for which `requirements/cluster.txt` has pins. */
const CLUSTER_MINORS = PYTHON_MINORS.slice(1);

/** Finds the compiler: that of `CXX`, or the system's. */
export async function findCompiler(): Promise<string | undefined> {
  const named = Deno.env.get("CXX");
  const candidates = named ? [named] : ["c++", "g++", "clang++"];
  for (const program of candidates) {
    if ((await attempt(program, ["--version"]))?.success) return program;
  }
}

export const compiler: Prerequisite = async () =>
  await findCompiler() === undefined
    ? { what: "a C++ compiler", debianPackage: "g++" }
    : undefined;

/** Finds a Python of a supported version, with or without its venv module. */
export function findPython(): Promise<string | undefined> {
  return findPythonOf(PYTHON_MINORS);
}

/** Finds a Python of a version that Snakemake supports. */
export function findClusterPython(): Promise<string | undefined> {
  return findPythonOf(CLUSTER_MINORS);
}

async function findPythonOf(
  minors: readonly number[],
): Promise<string | undefined> {
  const names = minors.toReversed().map((minor) => `python3.${minor}`);
  for (const name of ["python3", ...names]) {
    const version = await attempt(name, [
      "-c",
      "import sys; print(*sys.version_info[:2])",
    ]);
    const [major, minor] = (version?.output ?? "").split(" ").map(Number);
    if (version?.success && major === 3 && minors.includes(minor)) {
      return name;
    }
  }
}

export const python: Prerequisite = async () =>
  await missingPython(await findPython(), PYTHON_MINORS);

export const clusterPython: Prerequisite = async () =>
  await missingPython(await findClusterPython(), CLUSTER_MINORS);

async function missingPython(
  program: string | undefined,
  minors: readonly number[],
): Promise<Missing | undefined> {
  if (program === undefined) {
    const what = `Python 3.${minors[0]} to 3.${minors.at(-1)}`;
    return { what, debianPackage: "python3" };
  }
  // Debian packages the module without the pip that it installs.
  const modules = await attempt(program, ["-c", "import venv, ensurepip"]);
  return modules?.success
    ? undefined
    : { what: "Python's venv module", debianPackage: "python3-venv" };
}

/** Debian's npm 9.2 ignores a lock file without URLs. */
const OLDEST_NPM = 10;

/**
 * Returns the command of npm: the system's if it is new enough, or else one that Deno
 * runs, whose checksum is in `deno.lock`.
 */
export async function findNpm(): Promise<string[] | undefined> {
  const viaDeno = [Deno.execPath(), "run", "-A", "npm:npm@11.21.2"];
  for (const command of [["npm"], viaDeno]) {
    const [program, ...args] = command;
    const version = await attempt(program, [...args, "--version"]);
    if (version?.success && parseInt(version.output) >= OLDEST_NPM) {
      return command;
    }
  }
}

export const npm: Prerequisite = async () =>
  await findNpm() === undefined
    ? {
      what: `npm ${OLDEST_NPM} or newer ` +
        "(and Deno cannot download it, is there a network?)",
    }
    : undefined;

/** Requires free space on the disk of the project. */
export function diskSpace(gigabytes: number): Prerequisite {
  return () => {
    const { bavail, bsize } = statfsSync(ROOT);
    const free = Number(bavail) * Number(bsize) / 1e9;
    return Promise.resolve(
      free < gigabytes
        ? {
          what: `disk space (${gigabytes} GB are needed, ` +
            `${free.toFixed(1)} GB are free in ${ROOT})`,
        }
        : undefined,
    );
  };
}
