import { mustRun } from "./command.ts";

/** Wheels must match a hash in the lock file; nothing is built from source. */
export const CHECKED = ["--require-hashes", "--only-binary=:all:"];

/**
 * Installs packages into the environment of a Python.
 *
 * @param what name of the packages in messages
 * @param args what to install
 * @throws {SetupError} if it fails
 */
export async function pip(
  python: string,
  { what, args, env = {} }: {
    readonly what: string;
    readonly args: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<void> {
  await mustRun(`install ${what}`, python, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-input",
    ...args,
  ], env);
}
