/** Scores and labels for tests of `loadScores()`. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseFlags } from "../../../lib/cli/flags/command_line.ts";
import { messageWithFlags } from "../../../lib/cli/flags/message_with_flags.ts";
import { loadScores } from "../../../lib/cli/inputs/load_scores.ts";
import { scoreFlags } from "../../../lib/cli/inputs/score_flags.ts";
import { writeNpy } from "../../../lib/files/npy.ts";
import type { NpyArray, NpyData } from "../../../lib/files/npy_types.ts";
import { inFolder } from "../program.ts";

const FIXTURES = fileURLToPath(
  new URL("../../fixtures/scores/", import.meta.url),
);

/** A file written by another tool; see the script next to it. */
export function scores(name: string): string {
  return join(FIXTURES, name);
}

/** Loads what flags describe. */
export function load(args: readonly string[]) {
  return loadScores(parseFlags(args, scoreFlags));
}

/** The message of the error that flags lead to, with the names of flags. */
export async function refusal(args: readonly string[]): Promise<string> {
  try {
    await load(args);
  } catch (error) {
    if (error instanceof Error && error.name === "BadInput") {
      return messageWithFlags(error);
    }
    throw error;
  }
  return "accepted";
}

/** Writes files into a temporary folder. */
export interface Writer {
  /** Writes rows in float64, and returns the path. */
  readonly rows: (
    name: string,
    rows: readonly (readonly number[])[],
  ) => Promise<string>;
  /** Writes a list, and returns the path. */
  readonly list: (
    name: string,
    values: NpyData | readonly number[],
  ) => Promise<string>;
  /** Writes an array, and returns the path. */
  readonly array: (name: string, array: NpyArray) => Promise<string>;
  /** Writes a text, and returns the path. */
  readonly text: (name: string, text: string) => Promise<string>;
}

/** Runs a test with a writer of files into a temporary folder. */
export function withWriter<Result>(
  test: (write: Writer) => Promise<Result>,
): Promise<Result> {
  return inFolder(async (folder) => {
    const at = (name: string) => join(folder, name);
    return await test({
      async rows(name, rows) {
        const data = Float64Array.from(rows.flat());
        await writeNpy(at(name), {
          data,
          shape: [rows.length, rows[0].length],
        });
        return at(name);
      },
      async list(name, values) {
        const data = Array.isArray(values)
          ? Int32Array.from(values)
          : values as NpyData;
        await writeNpy(at(name), { data, shape: [data.length] });
        return at(name);
      },
      async array(name, array) {
        await writeNpy(at(name), array);
        return at(name);
      },
      async text(name, text) {
        await Deno.writeTextFile(at(name), text);
        return at(name);
      },
    });
  });
}
