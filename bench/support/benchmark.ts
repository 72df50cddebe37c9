import { BadInput } from "../../lib/bad_input.ts";
import { parseCommandLine } from "../../lib/cli/flags/command_line.ts";
import {
  type Flag,
  type Flags,
  number,
  optional,
  path,
  toggle,
  type Values,
  whole,
  withDefault,
} from "../../lib/cli/flags/flags.ts";
import { writeText } from "../../lib/cli/terminal/write_text.ts";
import { loadWarning, machineLine } from "./machine.ts";
import type { Measurement } from "./measurement.ts";
import { measurementTable } from "./measurement_table.ts";

/** Flags that every benchmark has. */
export const COMMON_FLAGS = {
  python: optional(
    path("PATH", "a Python with the peers; without it only ours is measured"),
  ),
  rounds: withDefault(5, whole(1, "rounds, in each of which all programs run")),
  json: toggle("print the measurements as one line of JSON"),
};

/** A benchmark: its flags, and the function that measures. */
export interface Benchmark<F extends Flags> {
  readonly name: string;
  /** One line that starts with a lower-case letter. */
  readonly summary: string;
  /** Flags besides the common ones. */
  readonly flags: F;
  measure(
    values: Values<F & typeof COMMON_FLAGS>,
  ): Promise<readonly Measurement[]>;
}

/**
 * Runs a benchmark as the program of this process: parses its arguments, measures,
 * and prints a table or JSON. Bad arguments give one line and exit code 2.
 */
export async function runBenchmark<F extends Flags>(
  { name, summary, flags, measure }: Benchmark<F>,
): Promise<void> {
  const allFlags: F & typeof COMMON_FLAGS = { ...COMMON_FLAGS, ...flags };
  const examples = [`bench ${name}`, `bench ${name} --rounds 3`];
  const line = { program: "deno task", name: `bench ${name}`, summary };
  try {
    const request = parseCommandLine(Deno.args, {
      ...line,
      flags: allFlags,
      examples,
    });
    if (request.kind === "help") return writeText(Deno.stdout, request.text);
    const warning = loadWarning();
    if (warning !== undefined) report(warning);
    const measurements = await measure(request.values);
    const { json } = request.values as Values<typeof COMMON_FLAGS>;
    writeText(
      Deno.stdout,
      json
        ? JSON.stringify(measurements) + "\n"
        : `${machineLine()}\n${measurementTable(measurements)}`,
    );
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    report(error.message);
    Deno.exitCode = 2;
  }
}

/** A flag for the duration of one measurement. */
export function secondsFlag(fallback: number): Flag<number> {
  const range = { low: 0, high: 3600, lowOpen: true };
  return withDefault(fallback, number(range, "seconds per measurement"));
}

/** Prints a line of progress on standard error. */
export function report(line: string): void {
  writeText(Deno.stderr, `${line}\n`);
}
