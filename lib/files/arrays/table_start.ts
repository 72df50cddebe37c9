import { isText } from "./cell_number.ts";
import type { CellRecord, Separator } from "./delimited_records.ts";

/** The beginning of a table. */
export interface TableStart {
  /** Cells of the header or, without one, of the first row; none in an empty file. */
  readonly first: readonly string[];
  /** Names of the columns if it is a header: its cells without the mark of a comment. */
  readonly names: readonly string[];
  /** Whether it is a comment, which cannot be a row. */
  readonly isComment: boolean;
  /** The records after it that have been read. */
  readonly rows: readonly CellRecord[];
}

/**
 * Whether a record below the first one is a comment: it begins with `#` and has not as many
 * cells as a row.
 */
export function isComment(
  { cells }: CellRecord,
  width: number,
  separator: Separator,
): boolean {
  if (!cells[0].startsWith("#")) return false;
  // In a table of blanks the mark is a cell.
  return cells.length !== width || separator === "blanks" && cells[0] === "#";
}

/**
 * Reads the first records of a table, up to the second one that does not begin with `#`.
 * The lines in front of the first are comments. The last one with a name for each column is
 * the header, as NumPy writes it, unless the table has another. Lines with the same kinds of
 * cells as the rows are rows: file names may begin with `#`.
 */
export function tableStart(
  records: Iterator<CellRecord>,
  separator: Separator,
): TableStart {
  const { marked, plain } = beginning(records, separator);
  const [head = marked.pop(), row = head] = plain;
  if (head === undefined || row === undefined) return startWith([]);
  const rows = plain.length === 0 ? [head] : plain;
  if (head !== row && isHeaderOf(head, row, separator)) return startWith(rows);
  const width = head.cells.length;
  const alike = marked.filter((record) => isLike(record, row, separator));
  // A single line of text above text is rather a header.
  const hasNumbers = row.cells.some((cell) => !isText(cell, separator));
  const above = hasNumbers || alike.length > 1 ? alike : [];
  const header = marked.findLast((record) =>
    !above.includes(record) && bareCells(record).length === width
  );
  if (header === undefined) return startWith([...above, ...rows]);
  const isCertain = !alike.includes(header);
  const names = bareCells(header);
  return {
    first: isCertain ? names : header.cells,
    names,
    isComment: isCertain,
    rows: [...above, ...rows],
  };
}

/** Records that begin with `#`, and at most two that follow without comments. */
function beginning(
  records: Iterator<CellRecord>,
  separator: Separator,
): {
  readonly marked: CellRecord[];
  readonly plain: readonly CellRecord[];
} {
  const marked: CellRecord[] = [];
  const plain: CellRecord[] = [];
  while (plain.length < 2) {
    const { value, done } = records.next();
    if (done === true) break;
    if (plain.length > 0) {
      const width = plain[0].cells.length;
      if (!isComment(value, width, separator)) plain.push(value);
    } else (value.cells[0].startsWith("#") ? marked : plain).push(value);
  }
  return { marked, plain };
}

function startWith([first, ...rows]: readonly CellRecord[]): TableStart {
  return {
    first: first?.cells ?? [],
    names: first === undefined ? [] : bareCells(first),
    isComment: false,
    rows,
  };
}

/** Cells without the mark of a comment, which is a cell in a table of blanks. */
function bareCells({ cells: [cell, ...others] }: CellRecord): string[] {
  if (cell === "#" && others.length > 0) return others;
  return [cell.replace(/^#\s*/, ""), ...others];
}

/** Whether a record has a name above a number, or lacks one as R writes it. */
function isHeaderOf(
  { cells: head }: CellRecord,
  { cells: row }: CellRecord,
  separator: Separator,
): boolean {
  if (row.length === head.length + 1) return true;
  return row.length === head.length &&
    head.some((cell, k) =>
      isText(cell, separator) && !isText(row[k], separator)
    );
}

/** Whether a record that begins with `#` has the kinds of cells of a row. */
function isLike(
  { cells }: CellRecord,
  { cells: row }: CellRecord,
  separator: Separator,
): boolean {
  return /^#\S/.test(cells[0]) && cells.length === row.length &&
    cells.every((cell, k) =>
      isText(cell, separator) === isText(row[k], separator)
    );
}
