import {
  type Measurement,
  MEASUREMENTS,
} from "../../bench/support/measurement.ts";
import { parseMessage } from "../../lib/files/read_json.ts";

/** How a benchmark is started: the arguments of Deno before its own. */
export type CommandOf = (name: string) => readonly string[];

/** The measurements of several benchmarks. */
export interface SuiteResult {
  readonly measurements: readonly Measurement[];
  /** Names of the benchmarks that failed. */
  readonly failed: readonly string[];
}

/**
 * Runs benchmarks one after another, each in a process of its own. Their progress
 * goes to standard error. If one fails, the others still run.
 *
 * @param options `args`: arguments of every benchmark; `report`: called before each
 */
export async function runSuite(
  names: readonly string[],
  { commandOf, args, report }: {
    readonly commandOf: CommandOf;
    readonly args: readonly string[];
    readonly report: (line: string) => void;
  },
): Promise<SuiteResult> {
  const measurements: Measurement[] = [];
  const failed: string[] = [];
  for (const [i, name] of names.entries()) {
    report(`[${i + 1}/${names.length}] ${name}`);
    try {
      measurements.push(...await run(name, [...commandOf(name), ...args]));
    } catch (error) {
      report(`${name} failed: ${(error as Error).message}`);
      failed.push(name);
    }
  }
  return { measurements, failed };
}

async function run(
  name: string,
  args: readonly string[],
): Promise<Measurement[]> {
  const { code, signal, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [...args, "--json"],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).output();
  if (code !== 0) {
    throw new Error(`it ended with ${signal ?? `exit code ${code}`}`);
  }
  const [line = ""] = new TextDecoder().decode(stdout).trim().split("\n")
    .slice(-1);
  return parseMessage(line, MEASUREMENTS, name);
}
