import { BadInput } from "../bad_input.ts";
import { type Matrix, matrix } from "../matrix.ts";
import { parseArrayPath } from "./array_path.ts";
import { openArrays } from "./arrays/open_arrays.ts";
import { scoreMatrix } from "./arrays/score_matrix.ts";
import { withRows } from "./arrays/with_rows.ts";

/**
 * Reads the number of votes of each sample for each class from a file: `.csv` or
 * `.tsv`, with or without a header, `.npy`, `.npz`, `.parquet`, `.safetensors`, `.txt`
 * or `.mat`.
 *
 * @param path `FILE`, or `FILE:KEY` of an array in an archive or columns of a table
 * @param options `classes`, the number of counts of a sample; `rows`, the number of
 * samples, which decides whether a first line of numbers is one of them
 * @returns `[n, classes]`, whole numbers of at least 0; a row of zeros is allowed
 * @throws {BadInput} naming the first row, and column, that is something else
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
  options: { readonly classes: number; readonly rows?: number },
): Promise<Matrix<Float64Array>> {
  const { classes, rows } = options;
  const { file: name, key } = parseArrayPath(path);
  const file = withRows(await openArrays(name), rows);
  const { matrix: votes, source } = scoreMatrix(file, key, {
    binary: false,
    labels: undefined,
  });
  const doing = `Cannot read votes from ${source}`;
  if (votes.columns !== classes) {
    throw new BadInput(
      `${doing}: it must have ${classes} counts in a row, one for each class: ` +
        `it has ${votes.columns}`,
    );
  }
  const counts = Float64Array.from(votes.data);
  const bad = counts.findIndex((count) => !isCount(count));
  if (bad < 0) return matrix(counts, classes);
  throw new BadInput(
    `${doing}: row ${Math.floor(bad / classes)}, column ${
      bad % classes
    } (from ` +
      `0) is ${counts[bad]} but must be a whole number of at least 0`,
  );
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
