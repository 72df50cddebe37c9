import { parseArrayPath } from "../../files/array_path.ts";
import type { OpenArrays } from "../../files/arrays/open_once.ts";
import { scoreMatrix } from "../../files/arrays/score_matrix.ts";
import { withRows } from "../../files/arrays/with_rows.ts";
import { floorLogits } from "../../logits/from_probabilities.ts";
import type { Logits } from "../../matrix_kinds.ts";
import type { ScoreKind } from "./score_kind.ts";
import { logitsOfScores } from "./logits_of_scores.ts";

/** Logits from a file. */
export interface ReadScores {
  /** `[n, classes]`, finite or -Infinity. */
  readonly logits: Logits;
  /** Names of the columns, if they have any. */
  readonly columnNames: readonly string[] | undefined;
  readonly remarks: readonly string[];
}

/** How scores are read. */
export interface ReadScoresOptions {
  readonly open: OpenArrays;
  readonly kind: ScoreKind;
  /** Path of the labels of the same rows, which may be in the same file. */
  readonly labels?: string | undefined;
  /** The number of rows, which decides on a doubtful first line of a table. */
  readonly rows?: number | undefined;
}

/**
 * Reads the scores of one model from a file, as logits: logarithms, if they are
 * probabilities or votes.
 *
 * @param path `FILE` or `FILE:KEY`
 * @throws {BadInput} if the file contains no scores, or scores of another kind
 */
export async function readScores(
  path: string,
  { open, kind, labels, rows }: ReadScoresOptions,
): Promise<ReadScores> {
  const { file: name, key } = parseArrayPath(path);
  const file = withRows(await open(name), rows);
  const ofLabels = labels === undefined ? undefined : parseArrayPath(labels);
  const stored = scoreMatrix(file, key, {
    binary: kind.binary,
    labelKey: ofLabels?.file === name ? ofLabels.key : undefined,
  });
  const { logits, remarks } = logitsOfScores(stored, kind);
  return {
    logits: kind.floor === undefined ? logits : floorLogits(logits, kind.floor),
    columnNames: kind.binary ? undefined : stored.columnNames,
    remarks: [...file.remarks, ...stored.remarks, ...remarks],
  };
}
