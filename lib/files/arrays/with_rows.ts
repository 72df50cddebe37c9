import type { ArrayFile } from "./stored_array.ts";

/**
 * The reading of a file that has a number of rows: if a doubtful first line of a table
 * is a row instead of a header, or the reverse, only one of them may have. The file
 * itself if its first line is certain, or neither reading has so many rows.
 */
export function withRows(
  file: ArrayFile,
  rows: number | undefined,
): ArrayFile {
  const rowsOf = ({ arrays }: ArrayFile) => arrays[0]?.shape[0];
  if (rows === undefined || rowsOf(file) === rows) return file;
  const other = file.otherwise?.();
  return other !== undefined && rowsOf(other) === rows ? other : file;
}
