import { BadInput, checkWhole } from "../bad_input.ts";
import { type Matrix, matrix } from "../matrix.ts";
import { readBytes } from "./read_bytes.ts";

/**
 * Reads the number of votes of each sample for each class from a text file: no
 * header, one line per sample, with a count for each class, separated by commas.
 *
 * @param path the file, UTF-8
 * @param options `classes`, the number of counts in a line
 * @returns `[n, classes]`, whole numbers of at least 0; a row of zeros is allowed
 * @throws {BadInput} naming the first line, and column, that is something else
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { readVotes } from "@ils/label-smoothing/files";
 * const path = `${await Deno.makeTempDir()}/votes.csv`;
 * await Deno.writeTextFile(path, "8,1,1\n0,5,5\n");
 * const { data, rows } = await readVotes(path, { classes: 3 });
 * deepStrictEqual([...data], [8, 1, 1, 0, 5, 5]);
 * ```
 */
export async function readVotes(
  path: string,
  options: { readonly classes: number },
): Promise<Matrix<Float64Array>> {
  const { classes } = options;
  const text = new TextDecoder().decode(await readBytes(path));
  const lines = text.trimEnd().split("\n");
  const counts = lines.flatMap((line, i) => {
    const where = `Cannot read votes from ${path}: line ${i + 1}`;
    const cells = line.split(",");
    if (cells.length !== classes) {
      throw new BadInput(
        `${where} must have ${classes} counts, one for each class, separated ` +
          `by commas: it has ${line.trim() === "" ? "none" : cells.length}`,
      );
    }
    return cells.map((cell, k) =>
      countOf(cell.trim(), `${where}, column ${k + 1}`)
    );
  });
  return matrix(Float64Array.from(counts), classes);
}

function countOf(text: string, where: string): number {
  const count = text === "" ? NaN : Number(text);
  // What is not a number is shown as it is in the file.
  const shown: unknown = Number.isNaN(count) ? text || '""' : count;
  checkWhole(where, shown as number, 0);
  return count;
}
