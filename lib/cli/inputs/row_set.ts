import { BadInput } from "../../bad_input.ts";
import { parseArrayPath } from "../../files/array_path.ts";
import { labelArray } from "../../files/arrays/label_array.ts";
import { IGNORED, labelsOf } from "../../files/arrays/labels_of.ts";
import type { OpenArrays } from "../../files/arrays/open_once.ts";
import type { ArrayValues } from "../../files/arrays/stored_array.ts";
import { withRows } from "../../files/arrays/with_rows.ts";
import { takeLogits } from "../../logits/take_logits.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { ownLabelsRemarks } from "./own_labels.ts";
import { bareNames } from "./bare_names.ts";
import type { NamedClasses } from "./class_order.ts";
import {
  inClassOrder,
  namesInFlag,
  type OpenLabels,
} from "./in_class_order.ts";
import { type ReadScores, readScores } from "./read_scores.ts";
import type { ScoreKind } from "./score_kind.ts";
import { notSwapped } from "./swapped_files.ts";

/** Files of the same rows. */
export interface RowFiles {
  /** Scores of each model, at least one. */
  readonly logits: readonly string[];
  readonly labels: string;
}

/** Rows with the logits of each model. */
export interface RowSet {
  /** `[n, classes]` of each model, finite or -Infinity. */
  readonly logits: readonly Logits[];
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
  /** Names of the classes, if they are known. */
  readonly classNames: readonly string[] | undefined;
  /** The same if they are names and not numbers, which other rows must share. */
  readonly named: NamedClasses | undefined;
  /** Number of rows in the files. */
  readonly stored: number;
  /** Rows of the files that are not left out; undefined for all. */
  readonly kept: readonly number[] | undefined;
  readonly remarks: readonly string[];
}

/** How the files of all sets of rows are read. */
export interface RowSetOptions {
  readonly open: OpenArrays;
  readonly kind: ScoreKind;
  readonly classNames: readonly string[] | undefined;
  readonly ignoreLabel: number | undefined;
  /** Classes of rows that were read before, whose order these rows get. */
  readonly first?: NamedClasses | undefined;
}

/**
 * Reads the scores of models for the same rows, and their labels. Rows with the label
 * that is to be ignored are left out.
 *
 * @throws {BadInput} if a file is unusable, or the files do not fit together
 */
export function readRowSet(
  files: RowFiles,
  options: RowSetOptions,
): Promise<RowSet> {
  const { open, kind: { binary } } = options;
  return notSwapped(
    { rows: files.logits, labels: files.labels, what: "scores" },
    { open, binary },
    () => readRows(files, options),
  );
}

async function readRows(
  files: RowFiles,
  options: RowSetOptions,
): Promise<RowSet> {
  const found = await readMatching(files, options);
  const { columns: classes } = found.read[0].logits;
  const given = namesInFlag(options.classNames, classes, files.logits[0]);
  const { read, stored, first } = inClassOrder(files.logits, {
    ...found,
    given: [given, options.first],
  });
  const classNames = given?.names ?? first?.names ?? read[0].columnNames;
  const { values, source } = stored;
  const { labels, remarks } = labelsOf(values, source, {
    classes,
    classNames: given?.names ?? fittingNames(values, classNames),
    ignoreLabel: options.ignoreLabel,
    offers: ["classNames", "ignoreLabel"],
  });
  checkRows(read[0].logits, labels, files);
  const kept = keptRows(labels, files.labels, options.ignoreLabel);
  const logits = read.map(({ logits }) =>
    kept === undefined ? logits : takeLogits(logits, kept.rows)
  );
  return {
    logits,
    labels: kept?.labels ?? labels,
    classNames,
    named: first,
    stored: labels.length,
    kept: kept?.rows,
    remarks: [
      ...read.flatMap(({ remarks }) => remarks),
      ...stored.remarks,
      ...remarks,
      ...await ownLabelsRemarks(files.logits, { labels, source }, options.open),
      ...kept === undefined ? [] : [kept.remark],
    ],
  };
}

/** Scores and labels of which the first lines are read so that their rows match. */
async function readMatching(files: RowFiles, options: RowSetOptions) {
  const readAll = async (rows?: number) => {
    const read: ReadScores[] = [];
    for (const path of files.logits) {
      const { labels } = files;
      read.push(await readScores(path, { ...options, labels, rows }));
    }
    return read;
  };
  const read = await readAll();
  checkSameShape(read.map(({ logits }) => logits), files.logits);
  const [{ logits: { rows } }] = read;
  const stored = await openLabels(files.labels, rows, options.open);
  const [length] = stored.values.shape;
  if (length !== rows + 1 && length !== rows - 1) return { read, stored };
  return { read: await readAll(length), stored };
}

function checkSameShape(
  models: readonly Logits[],
  paths: readonly string[],
): void {
  const sizeOf = ({ rows, columns }: Logits) =>
    `${rows} rows of ${columns} classes`;
  const first = sizeOf(models[0]);
  const other = models.findIndex((logits) => sizeOf(logits) !== first);
  if (other < 0) return;
  throw new BadInput(
    `Cannot combine ${paths[other]} with ${paths[0]}: it has ` +
      `${sizeOf(models[other])}, not ${first}`,
  );
}

/** Opens labels; the number of rows decides whether a first line is one of them. */
async function openLabels(
  path: string,
  rows: number,
  open: OpenArrays,
): Promise<OpenLabels> {
  const { file: name, key } = parseArrayPath(path);
  const file = withRows(await open(name), rows);
  return { ...labelArray(file, key, "labels"), remarks: file.remarks };
}

/** Names of columns, or of classes in them, if they are the names of the labels. */
function fittingNames(
  { data, type }: ArrayValues,
  columnNames: readonly string[] | undefined,
): readonly string[] | undefined {
  if (type !== "text" || columnNames === undefined) return undefined;
  const texts = new Set((data as readonly string[]).map((text) => text.trim()));
  return [columnNames, bareNames(columnNames)].find((names) =>
    texts.isSubsetOf(new Set(names))
  );
}

function checkRows(
  { rows, columns }: Logits,
  labels: Int32Array,
  { logits: [path], labels: labelsPath }: RowFiles,
): void {
  if (labels.length === rows) return;
  const advice = columns === labels.length && columns > rows
    ? "; rows and columns may be swapped"
    : "";
  throw new BadInput(
    `Cannot use ${path} with ${labelsPath}: there are ${rows} rows and ` +
      `${labels.length} labels${advice}`,
  );
}

/**
 * The rows that are not ignored; undefined for all.
 *
 * @param path of the labels, for the message
 * @throws {BadInput} if none remains
 */
export function keptRows(
  labels: Int32Array,
  path: string,
  ignoreLabel: number | undefined,
) {
  if (!labels.includes(IGNORED)) return undefined;
  const rows = [...labels.keys()].filter((i) => labels[i] !== IGNORED);
  if (rows.length === 0) {
    throw new BadInput(`Cannot use ${path}: all labels are ${ignoreLabel}`);
  }
  const left = labels.length - rows.length;
  return {
    rows,
    labels: Int32Array.from(rows, (i) => labels[i]),
    remark: `${path}: ${left} of ${labels.length} rows, with label ` +
      `${ignoreLabel}, are left out`,
  };
}

/**
 * Throws if the logit of a label is -Infinity.
 *
 * @param path of the logits, for the message
 */
export function checkLabelled(
  { data, columns }: Logits,
  labels: Int32Array,
  path: string,
): void {
  const bad = labels.findIndex((label, i) =>
    data[i * columns + label] === -Infinity
  );
  if (bad < 0) return;
  throw new BadInput(
    `Cannot use ${path}: row ${bad} (from 0) has label ${labels[bad]}, whose ` +
      "probability is 0, so that the log loss is infinite; --floor P raises " +
      "probabilities below P to P",
  );
}
