import { jupyterDisplay, type MimeBundle } from "../../jupyter_display.ts";
import {
  type Column,
  columnCells,
  type Flat,
  type FlatRecord,
  type TableCell,
} from "./table_cell.ts";
import { type ShownTable, tableHtml } from "./table_html.ts";

/**
 * Records and their formats: complete in CSV and JSON, rounded in HTML and
 * Markdown. A notebook displays it as HTML.
 */
export interface Table {
  readonly records: readonly FlatRecord[];
  readonly columns: readonly Column[];
  readonly caption: string | undefined;
  /** The formatted table, of which HTML is made. */
  shown(): ShownTable;
  html(): string;
  markdown(): string;
  csv(): string;
  json(): string;
  [jupyterDisplay](): MimeBundle;
}

/**
 * Makes a table of flat records.
 *
 * @param rows `null` and NaN are printed as "–"
 * @param options `columns` in order, as keys or column objects (every key of the
 * first record); `caption` above the table (none)
 *
 * @example
 * ```ts
 * import { table } from "./table.ts";
 * table([{ method: "ils", ece: 0.0213, eceStdev: 0.002 }], {
 *   columns: ["method", { key: "ece", factor: 100, digits: 2, stdev: "eceStdev" }],
 * }).markdown(); // | ils | 2.13 ± 0.20 |
 * ```
 */
export function table<Row extends Flat<Row>>(
  rows: readonly Row[],
  options: {
    readonly columns?: readonly (string | Column)[];
    readonly caption?: string;
  } = {},
): Table {
  const records = rows as readonly unknown[] as readonly FlatRecord[];
  const keys = options.columns ?? Object.keys(records[0] ?? {});
  const columns = keys.map((column) =>
    typeof column === "string" ? { key: column } : column
  );
  const { caption } = options;
  const cells = columns.map((column) => columnCells(records, column));
  const shown = () => shownTable(columns, cells, caption);
  const html = () => tableHtml(shown());
  const markdown = () => tableMarkdown(columns, cells, caption);
  return {
    records,
    columns,
    caption,
    shown,
    html,
    markdown,
    csv: () => tableCsv(records, columns),
    json: () => JSON.stringify(records.map(finite), null, 2) + "\n",
    [jupyterDisplay]: () => ({
      "text/html": html(),
      "text/markdown": markdown(),
      "text/plain": markdown(),
    }),
  };
}

function shownTable(
  columns: readonly Column[],
  cells: readonly (readonly TableCell[])[],
  caption: string | undefined,
): ShownTable {
  return {
    ...(caption === undefined ? {} : { caption }),
    columns: columns.map(({ key, title = key }, i) => ({
      title,
      side: cells[i].some(({ numeric }) => numeric) ? "right" : "left",
    })),
    rows: (cells[0] ?? []).map((_, row) =>
      cells.map((column) => {
        const { text, best, tone } = column[row];
        return {
          text,
          ...(best ? { best } : {}),
          ...(tone === undefined ? {} : { tone }),
        };
      })
    ),
  };
}

function tableMarkdown(
  columns: readonly Column[],
  cells: readonly (readonly TableCell[])[],
  caption: string | undefined,
): string {
  const line = (texts: string[]) => `| ${texts.join(" | ")} |`;
  const title = caption ? [`**${escapeMarkdown(caption)}**`, ""] : [];
  const rows = (cells[0] ?? []).map((_, i) =>
    line(cells.map((column) => {
      const text = escapeMarkdown(column[i].text);
      return column[i].best ? `**${text}**` : text;
    }))
  );
  return [
    ...title,
    line(columns.map(({ key, title }) => escapeMarkdown(title ?? key))),
    line(cells.map((column) => isNumeric(column) ? "---:" : ":---")),
    ...rows,
  ].join("\n") + "\n";
}

/** True if all cells are numbers or missing; such a column is right-aligned. */
function isNumeric(column: readonly TableCell[]): boolean {
  return column.some(({ numeric }) => numeric) &&
    column.every(({ numeric, missing }) => numeric || missing);
}

/** Escapes bars, tags, links and emphasis in a line of Markdown. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\|*_`[\]~$]/g, "\\$&")
    .replace(/\r\n?|\n/g, "<br>");
}

/**
 * All records with all their keys as CSV (RFC 4180): CRLF line ends, doubled
 * quotes. Without records, the header has the keys of the columns. A text that a
 * spreadsheet would compute as a formula starts with an apostrophe.
 */
function tableCsv(
  records: readonly FlatRecord[],
  columns: readonly Column[],
): string {
  const keys = records.length
    ? [...new Set(records.flatMap((record) => Object.keys(record)))]
    : columns.map(({ key }) => key);
  const line = (values: unknown[]) => values.map(csvField).join(",") + "\r\n";
  const rows = records.map(finite).map((record) =>
    line(keys.map((key) => record[key]))
  );
  return [line(keys), ...rows].join("");
}

/**
 * The first character of a formula, unless the text is a number, perhaps with counts
 * behind it as in "+1.16 (3/1)".
 */
const FORMULA =
  /^(?![-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?[ ()/\d%]*$)[=+\-@\t\r]/i;

function csvField(value: unknown): string {
  const text = value === null || value === undefined
    ? ""
    : typeof value === "string"
    ? value.replace(FORMULA, "'$&")
    : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Replaces NaN and infinities, which JSON cannot represent, by `null`. */
function finite(record: FlatRecord): FlatRecord {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      typeof value === "number" && !Number.isFinite(value) ? null : value,
    ]),
  );
}
