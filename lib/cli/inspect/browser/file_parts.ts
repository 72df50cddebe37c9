import type {
  ArrayFile,
  StoredArray,
} from "../../../files/arrays/stored_array.ts";
import { labelArray } from "../../../files/arrays/label_array.ts";
import { scoreMatrix } from "../../../files/arrays/score_matrix.ts";

/** What a file or an array in it can be. */
export type Content = "scores" | "labels" | "both" | "images";

/** A file, or one of the arrays of an archive. */
export interface FilePart {
  /** `FILE` or `FILE:KEY`, as the command line takes it. */
  readonly path: string;
  /** Its size in words, such as "10,000 × 10". */
  readonly size: string;
  /** Number of rows. */
  readonly rows: number;
  /** What it can be, the likeliest first; empty for nothing. */
  readonly contents: readonly Content[];
  /** Whether columns of it can be chosen. */
  readonly isTable: boolean;
}

/**
 * The parts of a file that may have different roles: the table as a whole, or each array.
 */
export function fileParts(file: ArrayFile): FilePart[] {
  const { arrays, isTable, path } = file;
  if (isTable) return [tablePart(file)];
  return arrays.map((array) => ({
    path: arrays.length === 1 ? path : `${path}:${array.key}`,
    rows: array.shape[0] ?? 1,
    size: sizeText(array.shape),
    contents: contentsOf(array),
    isTable,
  }));
}

function tablePart(file: ArrayFile): FilePart {
  const { arrays, isTable, path } = file;
  const [rows] = arrays[0]?.shape ?? [0];
  const hasLabels = works(() => labelArray(file, undefined, "labels"));
  const labels = hasLabels ? { key: undefined } : undefined;
  const hasScores = works(() =>
    scoreMatrix(file, undefined, { binary: false, labels })
  );
  const likely = !hasLabels ? "scores" : hasScores ? "both" : "labels";
  const columns = arrays.length === 1 ? "1 column" : `${arrays.length} columns`;
  return {
    path,
    rows,
    size: `${count(rows)} rows, ${columns}`,
    contents: [...new Set([likely, "both", "scores", "labels"] as const)],
    isTable,
  };
}

function works(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

function contentsOf({ shape, type }: StoredArray): Content[] {
  if (type === undefined) return [];
  if (type === "text") return shape.length === 1 ? ["labels"] : [];
  const columns = shape.slice(1).reduce((product, size) => product * size, 1);
  if (shape.length === 0) return [];
  if (columns === 1) return ["labels", "scores"];
  const isFlat = shape.slice(2).every((size) => size === 1);
  return isFlat ? ["scores", "labels"] : ["images"];
}

function sizeText(shape: readonly number[]): string {
  return shape.length === 0 ? "1 value" : shape.map(count).join(" × ");
}

function count(value: number): string {
  return value.toLocaleString("en");
}
