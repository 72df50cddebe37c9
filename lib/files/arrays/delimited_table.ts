import {
  type ColumnValues,
  type DelimitedColumns,
  delimitedColumns,
} from "./delimited_columns.ts";
import { isText, numberIn } from "./cell_number.ts";
import { lines, type Separator, SEPARATOR_LINE } from "./delimited_records.ts";
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
  const separator = separatorOf(bytes, path);
  const content = delimitedColumns(bytes, separator, path);
  const { isHeader, isCertain, remark } = judgeFirst(content);
  const table = tableOf(content, isHeader, path);
  const remarks = remark === undefined ? [] : [`${path}: ${remark}`];
  if (isCertain) return { ...table, remarks };
  const otherwise = () => tableOf(content, !isHeader, path);
  return { ...table, remarks, otherwise };
}

function tableOf(
  { first, names: given, columns, odd, separator }: DelimitedColumns,
  isHeader: boolean,
  path: string,
): ArrayFile {
  // A header of R has no name for the numbers of the rows.
  const names = given.length < columns.length ? ["", ...given] : given;
  const arrays = columns.map((values, index) =>
    columnArray(
      isHeader ? values : withFirst(values, first[index], separator),
      {
        path,
        name: isHeader ? names[index].trim() : undefined,
        index,
        odd: odd[index],
      },
    )
  );
  return { path, arrays, isTable: true, remarks: [] };
}

function separatorOf(bytes: Uint8Array, path: string): Separator {
  let comment: string | undefined;
  for (const line of lines(bytes, path)) {
    const stated = SEPARATOR_LINE.exec(line);
    if (stated !== null) return stated[1] as Separator;
    if (line.trim() === "") continue;
    if (!line.startsWith("#")) return separatorIn(line);
    comment ??= line;
  }
  return separatorIn(comment ?? "");
}

function separatorIn(line: string): Separator {
  const bare = line.replaceAll(/"[^"]*"/g, "");
  const separators = ["\t", ";", ","] as const;
  const found = separators.find((separator) => bare.includes(separator));
  if (found !== undefined) return found;
  // Blanks separate numbers, but not the words of a name.
  const cells = bare.trim().split(/\s+/);
  const areNumbers = cells.every((cell) =>
    !Number.isNaN(numberIn(cell, "blanks"))
  );
  return cells.length > 1 && areNumbers ? "blanks" : ",";
}

/** Cells from which 0, 1, 2, … are no row by chance. */
const FEWEST_COUNTED = 3;

/** What the first line of a table seems to be. */
interface Judgement {
  readonly isHeader: boolean;
  readonly isCertain: boolean;
  readonly remark?: string;
}

function judgeFirst(
  { first, isComment, columns, odd, separator, hasDecimals }: DelimitedColumns,
): Judgement {
  if (isComment || first.length < columns.length) {
    return { isHeader: true, isCertain: true };
  }
  const texts = first.map((cell) => isText(cell, separator));
  if (!texts.includes(true)) {
    const hasIndex = first[0].trim() === "";
    const isHeader = isCounting(first) &&
      (hasIndex || hasDecimals || first.length >= FEWEST_COUNTED);
    const remark =
      "the first line counts the columns and is taken for a header";
    return { isHeader, isCertain: false, ...isHeader ? { remark } : {} };
  }
  // A name above numbers.
  if (texts.some((text, k) => text && columns[k] instanceof Float64Array)) {
    return { isHeader: true, isCertain: true };
  }
  // Or above numbers of which some are damaged, if they are no names of classes.
  if (texts.some((text, k) => text && odd[k] !== undefined)) {
    return { isHeader: true, isCertain: false };
  }
  if (first.some((cell) => /\d[.,]\d|^\s*\d+\s*$/.test(cell))) {
    return { isHeader: false, isCertain: true };
  }
  const recurs = first.some((cell, k) => {
    const values = columns[k];
    return !(values instanceof Float64Array) && values.includes(cell.trim());
  });
  return { isHeader: !recurs, isCertain: recurs };
}

/** Whether cells are 0, 1, 2, … after an empty cell or none, as pandas writes it. */
function isCounting([first, ...others]: readonly string[]): boolean {
  const cells = first.trim() === "" ? others : [first, ...others];
  // A column of pandas without a name has the name 0, next to the index.
  return cells.length > 0 && others.length > 0 &&
    cells.every((cell, k) => cell.trim() === `${k}`);
}

function withFirst(
  values: ColumnValues,
  cell: string,
  separator: Separator,
): ColumnValues {
  if (values instanceof Float64Array) {
    const longer = new Float64Array(values.length + 1);
    longer[0] = numberIn(cell, separator);
    longer.set(values, 1);
    return longer;
  }
  return [cell.trim(), ...values];
}
