import { decimalText } from "./decimal_text.ts";

/** One row of results, without nested values. */
export type FlatRecord = {
  readonly [key: string]: string | number | boolean | null | undefined;
};

/** Format of one column; it does not change the records. */
export interface Column {
  /** Key of the record's entry. */
  readonly key: string;
  /** Heading (the key). */
  readonly title?: string;
  /** Decimal places (integers as they are, others with 6 significant digits). */
  readonly digits?: number;
  /** Multiplier for printing (1): 100 for per cent. */
  readonly factor?: number;
  /** Smaller numbers are printed as "< least", such as p-values (none). */
  readonly least?: number;
  /** Key of a standard deviation, printed after "±" if it is a number. */
  readonly stdev?: string;
  /** Which number is best and printed in bold (none); compared as printed. */
  readonly best?: "lowest" | "highest";
  /** Colour of a cell; its text must express the same. */
  readonly tone?: (record: FlatRecord) => "good" | "bad" | undefined;
}

/** A type with flat entries only, so that interfaces can be used as records. */
export type Flat<Type> = {
  readonly [Key in keyof Type]: FlatRecord[string];
};

/** A formatted cell, before escaping. */
export interface TableCell {
  readonly text: string;
  readonly numeric: boolean;
  readonly missing: boolean;
  readonly best: boolean;
  readonly tone: "good" | "bad" | undefined;
}

/** Formats the cells of one column, in the order of the records. */
export function columnCells(
  records: readonly FlatRecord[],
  column: Column,
): TableCell[] {
  const cells = records.map((record) => cell(record, column));
  if (!column.best) return cells;
  const sign = column.best === "lowest" ? -1 : 1;
  // Numbers that are printed alike are ties: a reader sees no difference.
  const values = cells.map(({ text, numeric }) =>
    numeric ? sign * parseFloat(text.replace("−", "-")) : -Infinity
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
  { digits, factor = 1, least }: Column,
): string {
  const scaled = value * factor;
  if (least !== undefined && scaled < least) return `< ${least}`;
  if (digits !== undefined) return decimalText(scaled, digits);
  const text = Number.isInteger(scaled)
    ? String(scaled)
    : String(Number(scaled.toPrecision(6)));
  return text.replace(/^-/, "−");
}
