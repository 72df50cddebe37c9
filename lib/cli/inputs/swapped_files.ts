import { BadInput } from "../../bad_input.ts";
import { parseArrayPath } from "../../files/array_path.ts";
import { labelArray } from "../../files/arrays/label_array.ts";
import { labelsOf } from "../../files/arrays/labels_of.ts";
import type { OpenArrays } from "../../files/arrays/open_once.ts";
import { scoreMatrix } from "../../files/arrays/score_matrix.ts";
import type { ArrayValues } from "../../files/arrays/stored_array.ts";

/** Files that belong together. */
export interface PairedFiles {
  /** Files of a row of numbers for each label, at least one. */
  readonly rows: readonly string[];
  readonly labels: string;
  /** What the rows are, for messages. */
  readonly what: "scores" | "points";
}

/**
 * Calls `read()`. If it fails and the file of labels contains rows but one of the files
 * of rows labels, the error says that they look swapped.
 *
 * @param options `binary`: whether rows have one number
 */
export async function notSwapped<Result>(
  files: PairedFiles,
  { open, binary = false }: {
    readonly open: OpenArrays;
    readonly binary?: boolean;
  },
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    const { rows, labels, what } = files;
    const size = await works(async () => {
      const { file, key } = parseArrayPath(labels);
      const options = { binary, labels: undefined };
      return scoreMatrix(await open(file), key, options).matrix;
    });
    const areLabels = await works(() => labelCount(labels, open));
    if (size === undefined || areLabels !== undefined) throw error;
    for (const path of rows) {
      const count = await works(() => labelCount(path, open));
      if (count === undefined || path === labels) continue;
      throw new BadInput(
        `Cannot read ${what} from ${path} and labels from ${labels}: they look ` +
          `swapped, as ${path} contains ${count} labels and ${labels} ` +
          `${size.rows} rows of ${size.columns} ` +
          (size.columns === 1 ? "number" : "numbers"),
      );
    }
    throw error;
  }
}

/** The number of labels in a file; throws if it contains none. */
async function labelCount(path: string, open: OpenArrays): Promise<number> {
  const { file, key } = parseArrayPath(path);
  const { values, source } = labelArray(await open(file), key, "labels");
  const [count, columns = 1] = values.shape;
  if (columns > 1) {
    return labelsOf(values, source, { classes: columns }).labels.length;
  }
  if (areIndices(values)) return count;
  throw new BadInput(`${source} contains no labels`);
}

function areIndices({ data, type }: ArrayValues): boolean {
  return type === "text" ||
    (data as Int32Array).every((value) => Number.isInteger(Number(value)));
}

/** The result of a function; undefined if it finds its input bad. */
async function works<Result>(
  read: () => Result | Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof BadInput) return undefined;
    throw error;
  }
}
