import { BadInput } from "../../bad_input.ts";
import {
  type CellRecord,
  delimitedRecords,
  type Separator,
} from "./delimited_records.ts";
import { isMissing, isText, numberIn } from "./cell_number.ts";
import { NumberCount, type OddCell } from "./number_count.ts";
import { isComment, tableStart } from "./table_start.ts";

/** The values of a column: numbers if all its cells are. */
export type ColumnValues = Float64Array | readonly string[];

/** A text of separated cells by columns. */
export interface DelimitedColumns {
  readonly separator: Separator;
  /** Cells of the first line. */
  readonly first: readonly string[];
  /** Names of the columns if it is a header: its cells without the mark of a comment. */
  readonly names: readonly string[];
  /** Whether it is a comment, which cannot be a row. */
  readonly isComment: boolean;
  /** Values of the other lines; empty if there are none. */
  readonly columns: readonly ColumnValues[];
  /** The first cell of text in each column that is mostly numbers. */
  readonly odd: readonly (OddCell | undefined)[];
  /** Whether a number of the other lines has a decimal point or an exponent. */
  readonly hasDecimals: boolean;
}

/** Numbers that fit before the memory of a column is doubled, at most. */
const FIRST_ROWS = 1024;

/** Numbers that fit into all columns at first. */
const FIRST_NUMBERS = 2 ** 20;

/**
 * Reads a text of separated cells by columns. A line that begins with `#` is a comment
 * where it cannot be a row: in front of the first row, or with another number of cells.
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
  const records = delimitedRecords(bytes, separator, source);
  const { rows, ...start } = tableStart(records, separator);
  const { first } = start;
  if (first.length === 0) {
    throw new BadInput(`Cannot read ${source}: it is empty`);
  }
  let columns: Growing[] | undefined;
  let hasDecimals = false;
  for (const record of chained(rows, records)) {
    const { cells } = record;
    const width = columns?.length ?? widthBelow(first, record);
    if (isComment(record, width, separator)) continue;
    if (cells.length !== width) throw wrongCount(record, width, source);
    if (columns === undefined) {
      columns = cells.map((cell, k) =>
        texts.has(k) || isText(cell, separator)
          ? { texts: [], count: new NumberCount() }
          : growing(cells.length)
      );
      hasDecimals = cells.some((cell) => /[.,e]/i.test(cell));
    }
    append(columns, record, { separator, wrong });
  }
  const found = columns ?? first.map(() => growing(first.length));
  const odd = found.map((column) =>
    "texts" in column ? column.count.odd : undefined
  );
  const values = { columns: found.map(finished), odd, hasDecimals };
  return { found: { separator, ...start, ...values }, wrong };
}

function* chained<T>(...parts: readonly Iterable<T>[]): Generator<T> {
  for (const part of parts) yield* part;
}

/**
 * The number of cells that the second record should have: as many as the first, or one
 * more, because a header may lack a name for the numbers of the rows, as R writes it.
 */
function widthBelow(
  { length }: readonly string[],
  { cells }: CellRecord,
): number {
  return cells.length === length + 1 ? cells.length : length;
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
type Growing =
  | { values: Float64Array; length: number }
  | { readonly texts: string[]; readonly count: NumberCount };

/** An empty column, one of several. */
function growing(columns: number): Growing {
  const rows = Math.min(FIRST_ROWS, Math.ceil(FIRST_NUMBERS / columns));
  return { values: new Float64Array(rows), length: 0 };
}

function finished(column: Growing): ColumnValues {
  return "texts" in column
    ? column.texts
    : column.values.slice(0, column.length);
}

/** Appends a record; adds the columns of numbers whose cell is none to `wrong`. */
function append(
  columns: readonly Growing[],
  record: CellRecord,
  { separator, wrong }: {
    readonly separator: Separator;
    readonly wrong: Set<number>;
  },
): void {
  const { cells } = record;
  for (let k = 0; k < columns.length; k++) {
    const column = columns[k];
    if ("texts" in column) {
      const cell = cells[k].trim();
      column.texts.push(cell);
      column.count.add(cell, record, separator);
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
