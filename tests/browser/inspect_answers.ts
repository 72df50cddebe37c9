/** What the command line answers about the files that a reader drops. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { evaluate } from "../../lib/cli/commands/evaluate/evaluate.ts";
import { parseFlags } from "../../lib/cli/flags/command_line.ts";
import type { ReportData } from "../../lib/reports/calibration/report_data.ts";
import type { Dropped } from "./inspect_page.ts";

/** A clean folder of the same files, in which the command line has their names. */
export async function inFolderOf<Result>(
  files: readonly Dropped[],
  run: () => Promise<Result>,
): Promise<Result> {
  const before = Deno.cwd();
  const folder = await Deno.makeTempDir();
  try {
    for (const { name, bytes } of files) {
      await Deno.writeFile(join(folder, name), bytes);
    }
    Deno.chdir(folder);
    return await run();
  } finally {
    Deno.chdir(before);
    await Deno.remove(folder, { recursive: true });
  }
}

/** What `ils evaluate` prints with `--json` and embeds into its report. */
export function evaluated(command: string, files: readonly Dropped[]) {
  const args = command.split(" ").slice(4);
  const context = { log() {}, terminal: false, args };
  return inFolderOf(files, async () => {
    const { json } = await evaluate.run(
      parseFlags(args, evaluate.flags),
      context,
    );
    return { json, data: dataIn(await Deno.readTextFile("report.html")) };
  });
}

/** The data in a report, without scores, whose compression differs. */
export function dataIn(html: string): unknown {
  const [, text] = /id="calibration-report">(.*?)<\/script>/.exec(html)!;
  const data: ReportData = JSON.parse(text);
  return {
    ...data,
    sets: data.sets.map((set) => ({
      ...set,
      models: set.models.map(({ scores: _, ...model }) => model),
    })),
  };
}

export function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Relative difference of numbers that two versions of V8 compute. */
const TOLERANCE = 1e-9;

/** Asserts that values are equal, but for the last digits of numbers. */
export function assertClose(
  actual: unknown,
  expected: unknown,
  key = "",
): void {
  if (typeof actual === "number" && typeof expected === "number") {
    const most = TOLERANCE * Math.max(1, Math.abs(expected));
    assert(
      Math.abs(actual - expected) <= most,
      `${key}: ${actual}, ${expected}`,
    );
  } else if (isObject(actual) && isObject(expected)) {
    assert.deepEqual(Object.keys(actual), Object.keys(expected), key);
    for (const name of Object.keys(actual)) {
      assertClose(actual[name], expected[name], `${key}.${name}`);
    }
  } else assert.deepEqual(actual, expected, key);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
