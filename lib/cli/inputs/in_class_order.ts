import { BadInput } from "../../bad_input.ts";
import type { StoredLabels } from "../../files/arrays/label_array.ts";
import { reorderClasses } from "../../logits/take_logits.ts";
import { takeColumns } from "../../matrix.ts";
import { areNames, classOrder, type NamedClasses } from "./class_order.ts";
import type { ReadScores } from "./read_scores.ts";

/** Labels that may be one-hot rows, and how they were read. */
export interface OpenLabels extends StoredLabels {
  readonly remarks: readonly string[];
}

/** Scores of each model and labels of the same rows. */
export interface ScoresAndLabels {
  readonly read: readonly ReadScores[];
  readonly stored: OpenLabels;
}

/**
 * Scores and one-hot labels with the columns in the order of the first names of classes
 * that are known, which are those of `first`.
 *
 * @param paths of the scores of each model
 * @param found `given`: names that are known before those of the columns
 * @throws {BadInput} if files name different classes
 */
export function inClassOrder(
  paths: readonly string[],
  { read, stored, given }: ScoresAndLabels & {
    readonly given: readonly (NamedClasses | undefined)[];
  },
): ScoresAndLabels & { readonly first: NamedClasses | undefined } {
  const { columns: classes } = read[0].logits;
  const named = [
    ...given,
    ...read.map(({ columnNames }, m) => namedBy(columnNames, paths[m])),
    namedBy(namesOf(stored), stored.source),
  ];
  const first = named.find((one) =>
    one !== undefined && one.names.length === classes && areNames(one.names)
  );
  return {
    read: read.map((one, m) => scoresInOrder(one, paths[m], first)),
    stored: labelsInOrder(stored, first),
    first,
  };
}

/**
 * Names from the flag `--classes`.
 *
 * @param path of the scores, for the message
 * @throws {BadInput} if they are not as many as the classes
 */
export function namesInFlag(
  names: readonly string[] | undefined,
  classes: number,
  path: string,
): NamedClasses | undefined {
  if (names === undefined || names.length === classes) {
    return namedBy(names, "--classes");
  }
  throw new BadInput(
    `--classes must name the ${classes} classes of ${path}: it names ` +
      names.length,
  );
}

/**
 * Scores with the columns in the order of the classes of `first`.
 *
 * @throws {BadInput} if their columns name other classes
 */
export function scoresInOrder(
  scores: ReadScores,
  source: string,
  first: NamedClasses | undefined,
): ReadScores {
  const { logits, columnNames: names, remarks } = scores;
  const found = names && classOrder({ names, source }, first);
  if (found === undefined) return scores;
  return {
    logits: reorderClasses(logits, found.order),
    columnNames: found.order.map((k) => names![k]),
    remarks: [...remarks, found.remark],
  };
}

function labelsInOrder(
  labels: OpenLabels,
  first: NamedClasses | undefined,
): OpenLabels {
  const { values, columns: stored, source, remarks } = labels;
  const names = namesOf(labels);
  const found = names && classOrder({ names, source }, first);
  if (found === undefined) return labels;
  const [rows, columns] = values.shape;
  const data = values.data as Float64Array;
  const ordered = takeColumns({ data, rows, columns }, found.order);
  return {
    ...labels,
    values: { ...values, data: ordered.data },
    columns: found.order.map((k) => stored[k]),
    remarks: [...remarks, found.remark],
  };
}

/** Names of the columns of one-hot rows, if they have any. */
function namesOf(
  { columns }: StoredLabels,
): readonly string[] | undefined {
  const names = columns.flatMap(({ key }) => key?.trim() ?? []);
  return names.length > 1 && names.length === columns.length
    ? names
    : undefined;
}

/** Names with their source; undefined without names. */
export function namedBy(
  names: readonly string[] | undefined,
  source: string,
): NamedClasses | undefined {
  return names && { names, source };
}
