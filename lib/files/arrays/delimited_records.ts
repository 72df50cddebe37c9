import { BadInput } from "../../bad_input.ts";

/** Bytes that are decoded at once. */
const CHUNK = 2 ** 22;

/** What separates the cells of a line: a character, or any blanks. */
export type Separator = "\t" | "," | ";" | "blanks";

/** The cells of one line, which may span several lines of the file. */
export interface CellRecord {
  readonly cells: readonly string[];
  /** Number of its first line in the file, from 1. */
  readonly line: number;
}

/**
 * The records of a text of separated cells, as RFC 4180 describes them: a cell in
 * double quotes may contain separators, line breaks, and doubled quotes. Empty lines
 * are skipped.
 *
 * @param bytes UTF-8, with or without a byte order mark
 * @param source name of the file in messages
 * @throws {BadInput} if a quote is not closed
 */
export function* delimitedRecords(
  bytes: Uint8Array,
  separator: Separator,
  source: string,
): Generator<CellRecord> {
  let open: { text: string; line: number } | undefined;
  let line = 0;
  for (const text of lines(bytes)) {
    line++;
    const record: { text: string; line: number } = open === undefined
      ? { text, line }
      : { text: `${open.text}\n${text}`, line: open.line };
    open = undefined;
    if (record.text.trim() === "") continue;
    const cells = cellsOf(record.text, separator);
    if (cells === undefined) open = record;
    else yield { cells, line: record.line };
  }
  if (open === undefined) return;
  throw new BadInput(
    `Cannot read ${source}: line ${open.line} opens a quote that is not closed`,
  );
}

/** The lines of a text, without line feeds and carriage returns. */
export function* lines(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    const chunk = bytes.subarray(start, start + CHUNK);
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop()!;
    for (const part of parts) yield withoutReturn(part);
  }
  rest += decoder.decode();
  if (rest !== "") yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

/** The cells of a line; undefined if it ends within quotes. */
function cellsOf(line: string, separator: Separator): string[] | undefined {
  if (separator === "blanks") return line.trim().split(/\s+/);
  if (!line.includes('"')) return line.split(separator);
  const cells: string[] = [];
  let at = 0;
  while (true) {
    const { cell, end } = cellAt(line, at, separator);
    if (cell === undefined) return undefined;
    cells.push(cell);
    if (end >= line.length) return cells;
    at = end + 1;
  }
}

/** The cell from an offset, and the offset of the separator behind it. */
function cellAt(
  line: string,
  start: number,
  separator: string,
): { cell: string | undefined; end: number } {
  const endFrom = (at: number) => {
    const end = line.indexOf(separator, at);
    return end < 0 ? line.length : end;
  };
  if (!/^\s*"/.test(line.slice(start, endFrom(start)))) {
    const end = endFrom(start);
    return { cell: line.slice(start, end), end };
  }
  let cell = "";
  let at = line.indexOf('"', start) + 1;
  while (true) {
    const quote = line.indexOf('"', at);
    if (quote < 0) return { cell: undefined, end: line.length };
    cell += line.slice(at, quote);
    at = quote + 1;
    if (line[at] !== '"') break;
    cell += '"';
    at++;
  }
  const end = endFrom(at);
  return { cell: cell + line.slice(at, end).trim(), end };
}
