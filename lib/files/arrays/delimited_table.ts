import {
  type ColumnValues,
  type DelimitedColumns,
  delimitedColumns,
  isMissing,
  numberIn,
} from "./delimited_columns.ts";
import { lines, type Separator } from "./delimited_records.ts";
import { columnArray } from "./column_array.ts";
import type { ArrayFile } from "./stored_array.ts";

/**
 * The columns of a text of separated cells: `.csv`, `.tsv`, or `.txt`. Cells are
 * separated by tabs, semicolons or commas, whichever the first line has, otherwise by
 * blanks. The first line is a header if it is not a row of the table.
 *
 * @param path of the file, for messages
 * @throws {BadInput} if lines differ in the number of cells, or there are none
 */
export function delimitedTable(bytes: Uint8Array, path: string): ArrayFile {
  const separator = separatorOf(bytes);
  const content = delimitedColumns(bytes, separator, path);
  const { isHeader, remark } = judgeFirst(content);
  const { first } = content;
  const columns = isHeader
    ? content.columns
    : content.columns.map((values, k) => withFirst(values, first[k]));
  // A header of R has no name for the numbers of the rows.
  const names = first.length < columns.length ? ["", ...first] : first;
  return {
    path,
    arrays: columns.map((values, k) =>
      columnArray(values, {
        path,
        name: isHeader ? names[k].trim() : undefined,
        index: k,
      })
    ),
    isTable: true,
    remarks: remark === undefined ? [] : [`${path}: ${remark}`],
  };
}

function separatorOf(bytes: Uint8Array): Separator {
  for (const line of lines(bytes)) {
    const bare = line.replaceAll(/"[^"]*"/g, "");
    if (bare.trim() === "") continue;
    const separators = ["\t", ";", ","] as const;
    return separators.find((separator) => bare.includes(separator)) ??
      (/\S\s+\S/.test(bare.replace(/^#\s*/, "")) ? "blanks" : ",");
  }
  return ",";
}

/** Whether the first line is a header, and what to tell about a doubtful one. */
function judgeFirst(
  { first, columns, hasDecimals }: DelimitedColumns,
): { isHeader: boolean; remark?: string } {
  if (first.length < columns.length) return { isHeader: true };
  const isText = (cell: string) =>
    Number.isNaN(numberIn(cell)) && !isMissing(cell);
  const texts = first.map(isText);
  if (!texts.includes(true)) {
    const isHeader = hasDecimals && isCounting(first);
    const remark =
      "the first line counts the columns, and is taken for a header";
    return isHeader ? { isHeader, remark } : { isHeader };
  }
  // A name above numbers.
  if (texts.some((text, k) => text && columns[k] instanceof Float64Array)) {
    return { isHeader: true };
  }
  if (first.some((cell) => /\d\.\d|^\s*\d+\s*$/.test(cell))) {
    return { isHeader: false };
  }
  const recurs = first.some((cell, k) => {
    const values = columns[k];
    return !(values instanceof Float64Array) && values.includes(cell.trim());
  });
  return recurs ? { isHeader: false } : {
    isHeader: true,
    remark: `the first line, ${first[0].trim()}, is taken for a header`,
  };
}

/** Whether cells are 0, 1, 2, … after an empty cell or none, as pandas writes it. */
function isCounting([first, ...others]: readonly string[]): boolean {
  const cells = first.trim() === "" ? others : [first, ...others];
  return cells.length > 1 && cells.every((cell, k) => cell.trim() === `${k}`);
}

function withFirst(values: ColumnValues, cell: string): ColumnValues {
  if (values instanceof Float64Array) {
    const longer = new Float64Array(values.length + 1);
    longer[0] = numberIn(cell);
    longer.set(values, 1);
    return longer;
  }
  return [cell.trim(), ...values];
}
