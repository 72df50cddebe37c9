import { unicodeEscape } from "../../files/quoted.ts";

/** The sequences with which this program redraws lines, at the start of a text. */
// deno-lint-ignore no-control-regex
const REDRAWING = /^(?:\x1b\[\d+A)?\r\x1b\[[JK]/;

/** Control characters but tab and line break, and those that reorder text. */
const CONTROL = /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu;

/**
 * Returns a text that a terminal shows as it is: other characters are printed as
 * `\u001b`, so that names from files cannot move the cursor, change colours or
 * reorder text. In JSON the text keeps its meaning.
 */
export function printable(text: string): string {
  const [redrawing = ""] = REDRAWING.exec(text) ?? [];
  return redrawing +
    text.slice(redrawing.length).replaceAll(CONTROL, unicodeEscape);
}
