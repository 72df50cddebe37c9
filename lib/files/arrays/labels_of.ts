import { BadInput } from "../../bad_input.ts";
import { BadSetting } from "../../setting_rules.ts";
import { shapeText } from "../npy_header.ts";
import type { ArrayValues } from "./stored_array.ts";
import type { LabelOptions } from "./label_options.ts";
import { labelsOfText } from "./labels_of_text.ts";

/** Labels and what is worth knowing about how they were read. */
export interface FoundLabels {
  /** `[n]`, class indices, or `IGNORED`. */
  readonly labels: Int32Array;
  readonly remarks: readonly string[];
}

/** Label of rows that are left out. */
export const IGNORED = -1;

/** Labels that others use for rows without a class. */
const USUALLY_IGNORED = [-1, -100, 255];

/**
 * Labels from an array of shape `[n]` or `[n, 1]`: whole numbers of any type, booleans,
 * or text with `classNames`; or from one-hot rows `[n, classes]`.
 *
 * @param source name of the array in messages
 * @throws {BadInput} if they are something else, out of range, or count from 1
 */
export function labelsOf(
  { data, shape, type }: ArrayValues,
  source: string,
  options: LabelOptions = {},
): FoundLabels {
  const { classes = 2 ** 31, what = "labels" } = options;
  const doing = `Cannot read ${what} from ${source}`;
  const [rows, columns = 1] = isRow(shape, classes) ? [shape[1]] : shape;
  if (shape.length < 1 || shape.length > 2 || rows < 1) {
    throw new BadInput(
      `${doing}: its shape is ${shapeText(shape)} but must be (rows,) or ` +
        "(rows, 1) with at least 1 row",
    );
  }
  if (columns !== 1) {
    const labels = argmaxOfOneHot(data, { rows, columns, classes, doing });
    return {
      labels,
      remarks: [`${source}: one-hot rows are taken as their argmax`],
    };
  }
  const values: ArrayLike<unknown> = type === "text"
    ? labelsOfText(data as readonly string[], doing, options)
    : data;
  const { ignoreLabel, offers = [] } = options;
  const labels = indicesOf(values, doing, { classes, ignoreLabel, offers });
  return { labels, remarks: [] };
}

/** Whether labels are one row, (1, n), that cannot be one-hot. */
function isRow(shape: readonly number[], classes: number): boolean {
  return shape.length === 2 && shape[0] === 1 && shape[1] > 1 &&
    shape[1] !== classes;
}

/** What bounds the indices of classes. */
interface Bounds {
  readonly classes: number;
  readonly ignoreLabel: number | undefined;
  readonly offers: NonNullable<LabelOptions["offers"]>;
}

/** The class indices of numbers. */
function indicesOf(
  values: ArrayLike<unknown>,
  doing: string,
  bounds: Bounds,
): Int32Array {
  const { classes, ignoreLabel } = bounds;
  const labels = new Int32Array(values.length);
  for (let i = 0; i < labels.length; i++) {
    const value = Number(values[i]);
    if (value === ignoreLabel) {
      labels[i] = IGNORED;
      continue;
    }
    if (!Number.isInteger(value)) {
      throw new BadInput(
        `${doing}: row ${i} (from 0) is ${value} but must be a whole number`,
      );
    }
    if (value < 0 || value >= classes) {
      throw outOfRange(values, { i, doing, ...bounds });
    }
    labels[i] = value;
  }
  return labels;
}

/** The error of a label out of range, with a guess at its cause. */
function outOfRange(
  values: ArrayLike<unknown>,
  { i, doing, classes, ignoreLabel, offers }: Bounds & {
    readonly i: number;
    readonly doing: string;
  },
): BadInput {
  const value = Number(values[i]);
  const all = Array.from(values, Number)
    .filter((label) => label !== ignoreLabel);
  const least = all.reduce((a, b) => Math.min(a, b));
  const most = all.reduce((a, b) => Math.max(a, b));
  if (least === 1 && most === classes) {
    return new BadInput(
      `${doing}: they are in 1 to ${classes} but must be in 0 to ` +
        `${classes - 1}: they seem to count from 1, so subtract 1`,
    );
  }
  const fault = `${doing}: row ${i} (from 0) is ${value} but must be in 0 to ` +
    `${classes - 1}`;
  if (classes === 2 && all.every((label) => Math.abs(label) === 1)) {
    return new BadInput(`${fault}: labels of -1 and 1 must become 0 and 1`);
  }
  if (!USUALLY_IGNORED.includes(value) || !offers.includes("ignoreLabel")) {
    return new BadInput(fault);
  }
  return new BadSetting((nameOf) =>
    `${fault}; ${nameOf("ignoreLabel")} ${value} leaves such rows out`
  );
}

/** The column of the single 1 in each row. */
function argmaxOfOneHot(
  data: ArrayValues["data"],
  { rows, columns, classes, doing }: {
    readonly rows: number;
    readonly columns: number;
    readonly classes: number;
    readonly doing: string;
  },
): Int32Array {
  const labels = new Int32Array(rows).fill(IGNORED);
  for (let at = 0; at < rows * columns; at++) {
    const value = Number(data[at]);
    const row = Math.floor(at / columns);
    if (value === 0) continue;
    if (value !== 1 || labels[row] !== IGNORED) throw notOneHot(row, doing);
    labels[row] = at % columns;
  }
  const empty = labels.indexOf(IGNORED);
  if (empty >= 0) throw notOneHot(empty, doing);
  if (columns === classes || classes === 2 ** 31) return labels;
  throw new BadInput(
    `${doing}: its one-hot rows have ${columns} classes but must have ${classes}`,
  );
}

function notOneHot(row: number, doing: string): BadInput {
  return new BadInput(
    `${doing}: they must be class indices, or one-hot rows with a single 1: ` +
      `row ${row} (from 0) is neither; of distributions, give the argmax`,
  );
}
