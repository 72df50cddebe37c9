import { BadInput } from "../../bad_input.ts";
import {
  type CellRecord,
  delimitedRecords,
  type Separator,
} from "./delimited_records.ts";

/** The values of a column: numbers if all its cells are. */
export type ColumnValues = Float64Array | readonly string[];

/** A text of separated cells by columns. */
export interface DelimitedColumns {
  readonly separator: Separator;
  /** Cells of the first line. */
  readonly first: readonly string[];
  /** Values of the other lines; empty if there are none. */
  readonly columns: readonly ColumnValues[];
  /** Whether a number of the other lines has a decimal point or an exponent. */
  readonly hasDecimals: boolean;
}

const DECIMAL_COMMA = /^[-+]?\d*,\d+(?:e[-+]?\d+)?$/i;

/** Numbers that fit before the memory of a column is doubled, at most. */
const FIRST_ROWS = 1024;

/** Numbers that fit into all columns at first. */
const FIRST_NUMBERS = 2 ** 20;

/**
 * Reads a text of separated cells by columns. Lines that begin with `#` are comments,
 * except for the first line, which is returned without it.
 *
 * @param source name of the file in messages
 * @throws {BadInput} if it has no lines, or a line has another number of cells
 */
export function delimitedColumns(
  bytes: Uint8Array,
  separator: Separator,
  source: string,
): DelimitedColumns {
  const texts = new Set<number>();
  const { found, wrong } = readOnce(bytes, { separator, source, texts });
  // Columns of numbers that go on with text are read again as text.
  return wrong.size === 0
    ? found
    : readOnce(bytes, { separator, source, texts: wrong }).found;
}

/** The columns, and the indices of those that must be read as text. */
function readOnce(
  bytes: Uint8Array,
  { separator, source, texts }: {
    readonly separator: Separator;
    readonly source: string;
    readonly texts: ReadonlySet<number>;
  },
): { found: DelimitedColumns; wrong: ReadonlySet<number> } {
  const wrong = new Set<number>();
  let first: readonly string[] | undefined;
  let columns: Growing[] | undefined;
  let hasDecimals = false;
  for (const record of delimitedRecords(bytes, separator, source)) {
    if (first === undefined) {
      first = withoutHash(record.cells);
      continue;
    }
    const { cells } = record;
    if (cells[0].startsWith("#")) continue;
    if (columns === undefined) {
      checkFirst(first, record, source);
      columns = cells.map((cell, k) =>
        texts.has(k) || isText(cell, separator) ? [] : growing(cells.length)
      );
      hasDecimals = cells.some((cell) => /[.,e]/i.test(cell));
    }
    if (cells.length !== columns.length) {
      throw wrongCount(record, columns.length, source);
    }
    append(columns, cells, { separator, wrong });
  }
  if (first === undefined) {
    throw new BadInput(`Cannot read ${source}: it is empty`);
  }
  const values = (columns ?? first.map(() => growing(first.length)))
    .map(finished);
  return { found: { separator, first, columns: values, hasDecimals }, wrong };
}

/** NumPy writes a header as a comment. */
function withoutHash([cell, ...others]: readonly string[]): string[] {
  return [cell.replace(/^#\s*/, ""), ...others];
}

/** A header may lack a name for the numbers of the rows, as R writes it. */
function checkFirst(
  first: readonly string[],
  second: CellRecord,
  source: string,
): void {
  const { length } = second.cells;
  if (length === first.length || length === first.length + 1) return;
  throw wrongCount(second, first.length, source);
}

function wrongCount(
  { cells, line }: CellRecord,
  expected: number,
  source: string,
): BadInput {
  return new BadInput(
    `Cannot read ${source}: line ${line} has ${cells.length} cells, but the ` +
      `lines before it have ${expected}`,
  );
}

/** Numbers whose memory grows, or texts. */
type Growing = { values: Float64Array; length: number } | string[];

/** An empty column, one of several. */
function growing(columns: number): Growing {
  const rows = Math.min(FIRST_ROWS, Math.ceil(FIRST_NUMBERS / columns));
  return { values: new Float64Array(rows), length: 0 };
}

function finished(column: Growing): ColumnValues {
  return Array.isArray(column) ? column : column.values.slice(0, column.length);
}

/** Appends a record; adds the columns of numbers whose cell is none to `wrong`. */
function append(
  columns: Growing[],
  cells: readonly string[],
  { separator, wrong }: {
    readonly separator: Separator;
    readonly wrong: Set<number>;
  },
): void {
  for (let k = 0; k < columns.length; k++) {
    const column = columns[k];
    if (Array.isArray(column)) {
      column.push(cells[k].trim());
      continue;
    }
    const value = numberIn(cells[k], separator);
    if (Number.isNaN(value) && !isMissing(cells[k])) wrong.add(k);
    if (column.length === column.values.length) {
      const larger = new Float64Array(2 * column.length);
      larger.set(column.values);
      column.values = larger;
    }
    column.values[column.length++] = value;
  }
}

/**
 * The number that a cell contains; NaN for a missing one and for text.
 *
 * @param separator of the cells; where it is no comma, a comma may mark decimals
 */
export function numberIn(cell: string, separator: Separator): number {
  const value = Number(cell);
  if (value !== 0 && !Number.isNaN(value)) return value;
  const text = cell.trim();
  if (separator !== "," && DECIMAL_COMMA.test(text)) {
    return Number(text.replace(",", "."));
  }
  // Number("") is 0.
  if (text === "") return NaN;
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinite !== null) return infinite[1] === "-" ? -Infinity : Infinity;
  return value;
}

/** Whether a cell contains neither a number nor a sign for a missing one. */
export function isText(cell: string, separator: Separator): boolean {
  return Number.isNaN(numberIn(cell, separator)) && !isMissing(cell);
}

/** Whether a cell stands for a missing number. */
function isMissing(cell: string): boolean {
  return /^(?:[+-]?nan|na|n\/a|null|none)?$/i.test(cell.trim());
}
