import { BadInput } from "../../bad_input.ts";
import { parseArrayPath } from "../../files/array_path.ts";
import { labelArray } from "../../files/arrays/label_array.ts";
import { labelsOf } from "../../files/arrays/labels_of.ts";
import { type OpenArrays, openOnce } from "../../files/arrays/open_once.ts";
import { pointArray } from "../../files/arrays/point_array.ts";
import type { ArrayValues } from "../../files/arrays/stored_array.ts";
import { isSameFile } from "../../files/read_bytes.ts";
import { takeRows } from "../../matrix.ts";
import type { Points } from "../../matrix_kinds.ts";
import { keptRows } from "./row_set.ts";
import { notSwapped } from "./swapped_files.ts";

/** Files of points and their labels. */
export interface PointFiles {
  readonly input: string;
  readonly labels: string | undefined;
  /** Number of classes, above every label. */
  readonly classes: number;
  /** Label of points that are left out. */
  readonly ignoreLabel: number | undefined;
}

/** Points and their labels, if there are any. */
export interface LabelledPoints {
  readonly points: Points;
  readonly labels: Int32Array | undefined;
  /** Names of the classes, if the labels are text. */
  readonly classNames: readonly string[] | undefined;
  readonly remarks: readonly string[];
}

/**
 * Reads points and labels from files. Labels that are text name the classes, which are
 * in alphabetical order.
 *
 * @throws {BadInput} if a file contains no points or no labels
 */
export function readPointFiles(files: PointFiles): Promise<LabelledPoints> {
  const open = openOnce();
  const { input, labels } = files;
  if (labels === undefined) return readFiles(files, open);
  return notSwapped(
    { rows: [input], labels, what: "points" },
    { open },
    () => readFiles(files, open),
  );
}

async function readFiles(
  { input, labels: labelsPath, classes, ignoreLabel }: PointFiles,
  open: OpenArrays,
): Promise<LabelledPoints> {
  const ofPoints = parseArrayPath(input);
  const file = await open(ofPoints.file);
  if (labelsPath === undefined) {
    const { points, remarks } = pointArray(file, ofPoints.key);
    return { points, labels: undefined, classNames: undefined, remarks };
  }
  const ofLabels = parseArrayPath(labelsPath);
  const isSame = isSameFile(ofLabels.file, ofPoints.file);
  const { points, remarks } = pointArray(
    file,
    ofPoints.key,
    isSame ? { key: ofLabels.key } : undefined,
  );
  const labelFile = await open(ofLabels.file);
  const { values, source } = labelArray(labelFile, ofLabels.key, "labels");
  const classNames = namesIn(values);
  const { labels, remarks: onLabels } = labelsOf(values, source, {
    classes: oneHotClasses(values) ?? classes,
    ...{ classNames, ignoreLabel, offers: ["ignoreLabel"] },
  });
  if (labels.length !== points.rows) {
    throw new BadInput(
      `Cannot embed points: --input ${input} has ${points.rows} rows, but ` +
        `--labels ${labelsPath} has ${labels.length}`,
    );
  }
  const kept = keptRows(labels, labelsPath, ignoreLabel);
  const all = [...remarks, ...labelFile.remarks, ...onLabels];
  return {
    points: kept === undefined ? points : takeRows(points, kept.rows),
    labels: kept?.labels ?? labels,
    classNames,
    remarks: [...new Set([...all, ...kept === undefined ? [] : [kept.remark]])],
  };
}

/** The number of classes of one-hot rows; undefined for other labels. */
function oneHotClasses({ shape }: ArrayValues): number | undefined {
  const [rows, columns = 1] = shape;
  return rows > 1 && columns > 1 ? columns : undefined;
}

/** The distinct texts in alphabetical order; undefined if they are numbers. */
function namesIn({ data, type }: ArrayValues): readonly string[] | undefined {
  if (type !== "text") return undefined;
  const names = new Set((data as readonly string[]).map((text) => text.trim()));
  const areNumbers = [...names].every((name) => /^\d+$/.test(name));
  return areNumbers ? undefined : [...names].sort();
}
