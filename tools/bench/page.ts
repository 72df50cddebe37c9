import { measurementTable } from "../../bench/support/measurement_table.ts";
import type { Measurement } from "../../bench/support/measurement.ts";
import { BadInput } from "../../lib/bad_input.ts";
import { unreadable } from "../../lib/files/read_bytes.ts";
import { mustRun } from "../setup/command.ts";
import { type About, aboutText } from "./about.ts";

const START = "<!-- measurements -->";
const END = "<!-- end of measurements -->";

/** A Markdown page with measurements between two comments. */
export interface Page {
  /** Text up to the first comment. */
  readonly before: string;
  /** Text from the second comment. */
  readonly after: string;
}

/**
 * Splits a page at `<!-- measurements -->` and `<!-- end of measurements -->`.
 *
 * @throws {BadInput} if it does not have these comments
 */
export function parsePage(text: string): Page {
  const start = text.indexOf(START);
  const end = text.indexOf(END);
  if (start < 0 || end < start) {
    throw new BadInput(`The page needs the comments ${START} and ${END}`);
  }
  return {
    before: text.slice(0, start + START.length),
    after: text.slice(end),
  };
}

/** The text of a page with new measurements. */
export function pageText(
  { before, after }: Page,
  about: About,
  measurements: readonly Measurement[],
): string {
  const conditions = aboutText(about).trimEnd().replaceAll("\n", "; ");
  const rows = measurementTable(measurements).markdown();
  return `${before}\n\n${conditions}.\n\n${rows}\n${after}`;
}

/** Reads and checks a page before anything is measured. */
export async function readPage(path: string): Promise<Page> {
  try {
    return parsePage(await Deno.readTextFile(path));
  } catch (error) {
    throw error instanceof BadInput ? error : unreadable(path, error);
  }
}

/** Writes a page and formats it. */
export async function writePage(path: string, text: string): Promise<void> {
  await Deno.writeTextFile(path, text);
  await mustRun("format the page", Deno.execPath(), ["fmt", "--quiet", path]);
}
