import { type ArrayPath, parseArrayPath } from "../../files/array_path.ts";
import { labelArray } from "../../files/arrays/label_array.ts";
import type { OpenArrays } from "../../files/arrays/open_once.ts";
import { scoreMatrix } from "../../files/arrays/score_matrix.ts";
import type { KnownNames } from "../../files/arrays/score_columns.ts";
import { withRows } from "../../files/arrays/with_rows.ts";
import { isSameFile } from "../../files/read_bytes.ts";
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
  /** Names of all classes, if they are given. */
  readonly classNames?: readonly string[] | undefined;
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
  options: ReadScoresOptions,
): Promise<ReadScores> {
  const { open, kind, labels, rows } = options;
  const { file: name, key } = parseArrayPath(path);
  const file = withRows(await open(name), rows);
  const ofLabels = labels === undefined ? undefined : parseArrayPath(labels);
  const stored = scoreMatrix(file, key, {
    binary: kind.binary,
    labels: ofLabels !== undefined && isSameFile(ofLabels.file, name)
      ? { key: ofLabels.key }
      : undefined,
    names: file.isTable && key === undefined
      ? await knownNames(ofLabels, options)
      : undefined,
  });
  const { logits, remarks } = logitsOfScores(stored, kind);
  return {
    logits: kind.floor === undefined ? logits : floorLogits(logits, kind.floor),
    columnNames: kind.binary ? undefined : stored.columnNames,
    remarks: [...file.remarks, ...stored.remarks, ...remarks],
  };
}

/** Names of classes that tell columns of scores from others. */
async function knownNames(
  labels: ArrayPath | undefined,
  { open, classNames: all }: ReadScoresOptions,
): Promise<KnownNames> {
  if (labels === undefined) return { all, some: new Set() };
  const { values: { data, type } } = labelArray(
    await open(labels.file),
    labels.key,
    "labels",
  );
  const texts = type === "text" ? data as readonly string[] : [];
  return { all, some: new Set(texts.map((text) => text.trim())) };
}
