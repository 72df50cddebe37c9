import { BadInput } from "../../bad_input.ts";

/** Bytes that are decoded at once. */
const CHUNK = 2 ** 22;

/** Largest number of characters in a line, and of cells. */
const LONGEST = 2 ** 26;
const MOST_CELLS = 2 ** 20;

/** What separates the cells of a line: a character, or any blanks. */
export type Separator = "\t" | "," | ";" | "blanks";

/** The first line in which Excel states the separator. */
export const SEPARATOR_LINE = /^"?sep=([\t,;])"?$/i;

/** The cells of one line, which may span several lines of the file. */
export interface CellRecord {
  readonly cells: readonly string[];
  /** Number of its first line in the file, from 1. */
  readonly line: number;
}

/**
 * The records of a text of separated cells, as RFC 4180 describes them: a cell in
 * double quotes may contain separators, line breaks, and doubled quotes. Empty lines
 * are skipped, and a first line such as `sep=;`.
 *
 * @param bytes UTF-8, or UTF-16 with a byte order mark
 * @param source name of the file in messages
 * @throws {BadInput} if a quote is not closed, or a line is too long
 */
export function* delimitedRecords(
  bytes: Uint8Array,
  separator: Separator,
  source: string,
): Generator<CellRecord> {
  let open: Row | undefined;
  let line = 0;
  for (const text of lines(bytes, source)) {
    line++;
    if (open === undefined && text.trim() === "") continue;
    if (line === 1 && SEPARATOR_LINE.test(text)) continue;
    const row: Row = open ?? { cells: [], quoted: undefined, line };
    readLine(row, text, separator);
    if (row.cells.length > MOST_CELLS) {
      throw new BadInput(
        `Cannot read ${source}: line ${line} has more than ${MOST_CELLS} cells`,
      );
    }
    open = row.quoted === undefined ? undefined : row;
    if (open === undefined) yield { cells: row.cells, line: row.line };
  }
  if (open === undefined) return;
  throw new BadInput(
    `Cannot read ${source}: line ${open.line} opens a quote that is not closed`,
  );
}

/**
 * The lines of a text, without line feeds and carriage returns. Carriage returns end lines
 * if the first line ends with one alone.
 *
 * @param bytes UTF-8, or UTF-16 with a byte order mark
 * @throws {BadInput} if a line has more than 64 million characters
 */
export function* lines(bytes: Uint8Array, source: string): Generator<string> {
  const decoder = new TextDecoder(utf16Of(bytes) ?? "utf-8");
  let rest = "";
  let end: "\r" | "\n" | undefined;
  for (let start = 0; start < bytes.length; start += CHUNK) {
    const chunk = bytes.subarray(start, start + CHUNK);
    const text = rest + decoder.decode(chunk, { stream: true });
    end ??= lineEnd(text);
    const parts = text.split(end ?? "\n");
    rest = parts.pop()!;
    for (const part of parts) yield withoutReturn(part);
    if (rest.length <= LONGEST) continue;
    throw new BadInput(
      `Cannot read ${source}: a line has more than ${LONGEST} characters`,
    );
  }
  rest += decoder.decode();
  if (rest !== "") yield withoutReturn(rest);
}

/** The type of UTF-16 that a byte order mark states; undefined if there is none. */
export function utf16Of(
  [first, second]: Uint8Array,
): "utf-16le" | "utf-16be" | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** What ends the first line; undefined if nothing does so far. */
function lineEnd(text: string): "\r" | "\n" | undefined {
  const found = /\r(?=[^\n])|\n/.exec(text)?.[0];
  return found as "\r" | "\n" | undefined;
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

/** A record that is being read. */
interface Row {
  cells: string[];
  /** Parts of a cell whose quote is still open; undefined if none is. */
  quoted: string[] | undefined;
  readonly line: number;
}

/** Reads the next line of a record. */
function readLine(row: Row, line: string, separator: Separator): void {
  if (row.quoted !== undefined) row.quoted.push("\n");
  else if (separator === "blanks") {
    row.cells = line.trim().split(/\s+/, MOST_CELLS + 1);
    return;
  } else if (!line.includes('"')) {
    row.cells = line.split(separator, MOST_CELLS + 1);
    return;
  }
  for (let at = 0; at <= line.length; at++) {
    const end = cellEnd(row, at, { line, separator });
    if (end === undefined) return;
    at = end;
  }
}

/** Reads a cell; returns the offset of the separator behind it, if it ends. */
function cellEnd(
  row: Row,
  start: number,
  { line, separator }: { readonly line: string; readonly separator: string },
): number | undefined {
  const endFrom = (at: number) => {
    const end = line.indexOf(separator, at);
    return end < 0 ? line.length : end;
  };
  let at = start;
  if (row.quoted === undefined) {
    const end = endFrom(at);
    if (!/^\s*"/.test(line.slice(at, end))) {
      row.cells.push(line.slice(at, end));
      return end;
    }
    row.quoted = [];
    at = line.indexOf('"', at) + 1;
  }
  while (true) {
    const quote = line.indexOf('"', at);
    row.quoted.push(line.slice(at, quote < 0 ? undefined : quote));
    if (quote < 0) return undefined;
    at = quote + 1;
    if (line[at] !== '"') break;
    row.quoted.push('"');
    at++;
  }
  const end = endFrom(at);
  row.cells.push(row.quoted.join("") + line.slice(at, end).trim());
  row.quoted = undefined;
  return end;
}
