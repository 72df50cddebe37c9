import { statfsSync } from "node:fs";
import { attempt } from "./command.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import type { Prerequisite } from "./step.ts";

/** Minor versions of Python 3 that `requirements/jupyter.txt` is pinned for. */
const PYTHON_MINORS = [10, 11, 12, 13, 14];

/** The compiler that `CXX` names, or the system's. */
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

/** A Python of a fitting version, with or without its venv module. */
export async function findPython(): Promise<string | undefined> {
  const minors = PYTHON_MINORS.toReversed();
  for (const name of ["python3", ...minors.map((m) => `python3.${m}`)]) {
    const asked = await attempt(name, [
      "-c",
      "import sys; print(*sys.version_info[:2])",
    ]);
    const [major, minor] = (asked?.output ?? "").split(" ").map(Number);
    if (asked?.success && major === 3 && PYTHON_MINORS.includes(minor)) {
      return name;
    }
  }
}

export const python: Prerequisite = async () => {
  const program = await findPython();
  if (program === undefined) {
    return { what: "Python 3.10 to 3.14", debianPackage: "python3" };
  }
  // Debian ships the module but not the pip that it puts into environments.
  const modules = await attempt(program, ["-c", "import venv, ensurepip"]);
  return modules?.success
    ? undefined
    : { what: "Python's venv module", debianPackage: "python3-venv" };
};

/** Debian's npm 9.2 takes a lock without addresses for no lock at all. */
const OLDEST_NPM = 10;

/**
 * How to start npm: the system's if it is new enough, or else the one that Deno
 * runs by itself, whose checksum is in `deno.lock`.
 */
export async function findNpm(): Promise<string[] | undefined> {
  const viaDeno = [Deno.execPath(), "run", "-A", "npm:npm@11.21.2"];
  for (const command of [["npm"], viaDeno]) {
    const [program, ...args] = command;
    const asked = await attempt(program, [...args, "--version"]);
    if (asked?.success && parseInt(asked.output) >= OLDEST_NPM) return command;
  }
}

export const npm: Prerequisite = async () =>
  await findNpm() === undefined
    ? {
      what: `npm ${OLDEST_NPM} or newer ` +
        "(and Deno cannot fetch its own, is there a network?)",
    }
    : undefined;

/** Room on the disk that holds the project. */
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
