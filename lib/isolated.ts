/** Letters that are written from right to left, and marks that change direction. */
const REORDERS =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\p{Bidi_Control}]/u;

/** Marks that begin or end an isolate. */
const ISOLATES = /[\u2066-\u2069]/g;

/**
 * A name as part of a sentence: between marks that keep its direction from the text
 * around it ("first strong isolate"), unless it has letters of one direction only.
 * Without them "93 %" after an Arabic name would be shown before it, and after U+202E as
 * "% 39".
 */
export function isolated(name: string): string {
  return REORDERS.test(name)
    ? `\u2068${name.replaceAll(ISOLATES, "")}\u2069`
    : name;
}
