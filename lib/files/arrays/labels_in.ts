import { labelArray } from "./label_array.ts";
import type { ArrayFile, StoredArray } from "./stored_array.ts";

/** Where labels are in a file. */
export interface LabelPlace {
  /** Key of their array or columns; undefined for the likely ones. */
  readonly key: string | undefined;
}

/**
 * The arrays of a file that are its labels, as `labelArray()` chooses them; none if that
 * is all of them, or one-hot rows by default, or there are no labels in it.
 *
 * @throws {BadInput} if there is no such array, or several may be meant
 */
export function labelsIn(
  file: ArrayFile,
  labels: LabelPlace | undefined,
): readonly StoredArray[] {
  if (labels === undefined) return [];
  const { columns } = labelArray(file, labels.key, "labels");
  const areAll = columns.length === file.arrays.length;
  const areRest = labels.key === undefined && columns.length > 1;
  return areAll || areRest ? [] : columns;
}
