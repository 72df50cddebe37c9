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
import { writeText } from "../../lib/files/write_text.ts";
import { loadWarning, machineLine } from "./machine.ts";
import type { Measurement } from "./measurement.ts";
import { measurementText } from "./measurement_table.ts";

/** Flags that every benchmark has. */
export const COMMON_FLAGS = {
  python: optional(
    path("PATH", "a Python with the peers; without it only ours is measured"),
  ),
  rounds: withDefault(5, whole(1, "rounds, in each of which all programs run")),
  json: toggle("print the measurements as one line of JSON"),
};

/** A program that measures, and its flags. */
export interface MeasuringProgram<F extends Flags> {
  readonly name: string;
  /** One line that starts with a lower-case letter. */
  readonly summary: string;
  readonly flags: F;
  /** Measures, and returns the text for standard output. */
  run(values: Values<F>): Promise<string>;
}

/** A benchmark with the common flags. */
export interface Benchmark<F extends Flags>
  extends Omit<MeasuringProgram<F>, "run"> {
  measure(
    values: Values<F & typeof COMMON_FLAGS>,
  ): Promise<readonly Measurement[]>;
}

/** Runs a benchmark as the program of this process; prints a table or JSON. */
export async function runBenchmark<F extends Flags>(
  { measure, ...program }: Benchmark<F>,
): Promise<void> {
  const flags: F & typeof COMMON_FLAGS = { ...COMMON_FLAGS, ...program.flags };
  await runProgram({
    ...program,
    flags,
    async run(values) {
      const measurements = await measure(values);
      const { json } = values as Values<typeof COMMON_FLAGS>;
      return json
        ? `${JSON.stringify(measurements)}\n`
        : `${machineLine()}\n${measurementText(measurements)}`;
    },
  });
}

/**
 * Parses the arguments of this process, runs a program and prints its text. Bad
 * input gives one line and exit code 2.
 */
export async function runProgram<F extends Flags>(
  { name, summary, flags, run }: MeasuringProgram<F>,
): Promise<void> {
  const examples = [`bench ${name}`];
  try {
    const request = parseCommandLine(Deno.args, {
      program: "deno task",
      name: `bench ${name}`,
      summary,
      flags,
      examples,
    });
    if (request.kind === "help") return writeText(Deno.stdout, request.text);
    const warning = loadWarning();
    if (warning !== undefined) report(warning);
    writeText(Deno.stdout, await run(request.values));
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
