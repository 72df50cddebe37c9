/** One row of results: names and numbers, nothing nested. */
export type FlatRecord = {
  readonly [key: string]: string | number | boolean | null | undefined;
};

/** How one column is printed; the records themselves stay as they are. */
export interface Column {
  /** Which entry of the record. */
  readonly key: string;
  /** The heading (the key). */
  readonly title?: string;
  /**
   * Decimal places (numbers as they are, whole or shortened to 6 significant
   * digits).
   */
  readonly digits?: number;
  /** What a number is multiplied by before it is printed: 100 for per cent. */
  readonly factor?: number;
  /** Key of a standard deviation, printed after "±" where it is a number. */
  readonly stdev?: string;
  /** Which number is the best one, set in bold: compared as printed. */
  readonly best?: "lowest" | "highest";
  /** Colours a cell; the text has to say the same. */
  readonly tone?: (record: FlatRecord) => "good" | "bad" | undefined;
}

/** A type whose entries are all flat, for records that are interfaces. */
export type Flat<Type> = {
  readonly [Key in keyof Type]: FlatRecord[string];
};

/** A cell as it is printed, before any escaping. */
export interface TableCell {
  readonly text: string;
  readonly numeric: boolean;
  readonly missing: boolean;
  readonly best: boolean;
  readonly tone: "good" | "bad" | undefined;
}

/** The cells of one column, from the first record to the last. */
export function columnCells(
  records: readonly FlatRecord[],
  column: Column,
): TableCell[] {
  const cells = records.map((record) => cell(record, column));
  if (!column.best) return cells;
  const sign = column.best === "lowest" ? -1 : 1;
  // Ties as printed are ties: a reader could not tell them apart.
  const values = cells.map(({ text, numeric }) =>
    numeric ? sign * parseFloat(text) : -Infinity
  );
  const most = Math.max(...values);
  return cells.map((cell, i) => ({
    ...cell,
    best: cell.numeric && values[i] === most,
  }));
}

function cell(record: FlatRecord, column: Column): TableCell {
  const value = record[column.key];
  const missing = value === null || value === undefined ||
    Number.isNaN(value);
  const numeric = typeof value === "number" && !missing;
  const text = missing
    ? "–"
    : numeric
    ? numberText(value, column) + stdevText(record, column)
    : typeof value === "boolean"
    ? (value ? "yes" : "no")
    : String(value);
  const tone = column.tone?.(record);
  return { text, numeric, missing, best: false, tone };
}

function stdevText(record: FlatRecord, column: Column): string {
  const stdev = column.stdev === undefined ? null : record[column.stdev];
  if (typeof stdev !== "number" || Number.isNaN(stdev)) return "";
  return ` ± ${numberText(stdev, column)}`;
}

function numberText(
  value: number,
  { digits, factor = 1 }: Column,
): string {
  const scaled = value * factor;
  // What rounds to zero has no sign.
  if (digits !== undefined) {
    return scaled.toFixed(digits).replace(/^-(0(?:\.0+)?)$/, "$1");
  }
  return Number.isInteger(scaled)
    ? String(scaled)
    : String(Number(scaled.toPrecision(6)));
}
