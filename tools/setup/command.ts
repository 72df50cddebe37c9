import { ROOT } from "../../lib/files/project_root.ts";
import { SetupError } from "./step.ts";

/** Result of a command. */
export interface Outcome {
  readonly success: boolean;
  /** Standard output followed by standard error. */
  readonly output: string;
}

/** Runs a program in the project folder; returns undefined if it is missing. */
export async function attempt(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome | undefined> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
      cwd: ROOT,
      stdin: "null",
      env: { LC_ALL: "C.UTF-8", ...env },
    }).output();
    const text = new TextDecoder();
    return { success, output: text.decode(stdout) + text.decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Runs a program that must succeed, and returns its output.
 *
 * @throws {SetupError} in one line: known causes (full disk, no network) by name,
 * others by a line of the output and the path of the log
 */
export async function mustRun(
  what: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const outcome = await attempt(program, args, env);
  if (outcome === undefined) {
    throw new SetupError(`Cannot ${what} as ${program} is missing`);
  }
  if (outcome.success) return outcome.output;
  const known = knownReason(outcome.output);
  if (known !== undefined) throw new SetupError(`Cannot ${what}: ${known}`);
  const log = await Deno.makeTempFile({ prefix: "setup-", suffix: ".log" });
  await Deno.writeTextFile(log, outcome.output);
  throw new SetupError(
    `Cannot ${what}: ${errorLine(outcome.output)} (log: ${log})`,
  );
}

const NO_NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|Temporary failure in name resolution|Name or service not known|Failed to establish a new connection|Connection refused|timed out|dns error|error sending request/;
const FULL_DISK = /ENOSPC|No space left on device/;
const FULL_QUOTA = /EDQUOT|Disk quota exceeded/;

/** Describes causes outside the project, if the output shows one. */
export function knownReason(output: string): string | undefined {
  if (FULL_DISK.test(output)) return "no space is left on the disk";
  if (FULL_QUOTA.test(output)) return "the disk quota is used up";
  const sign = NO_NETWORK.exec(output)?.[0];
  if (sign === undefined) return undefined;
  return `the package registry cannot be reached, is there a network? (${sign})`;
}

function errorLine(output: string): string {
  const lines = output.split("\n").map((line) => line.trim()).filter(Boolean);
  const error = lines.find((line) => /\berror\b/i.test(line));
  return error ?? lines.at(-1) ?? "it gave no reason";
}
