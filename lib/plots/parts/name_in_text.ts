/** Letters that are written from right to left, and marks that change direction. */
const REORDERS =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\p{Bidi_Control}]/u;

/** Marks that begin or end an isolate. */
const ISOLATES = /[\u2066-\u2069]/g;

/** Characters of a name in a sentence. */
const MOST = 80;

/**
 * A name of a class, model or file as part of a sentence: of a long one the middle is
 * left out, and one with letters from right to left is between marks that keep its
 * direction from the text around it ("first strong isolate"). Without them "93 %" after
 * an Arabic name would be shown before it, and after U+202E as "% 39".
 */
export function nameInText(name: string): string {
  const short = shortened(name);
  return REORDERS.test(short)
    ? `\u2068${short.replaceAll(ISOLATES, "")}\u2069`
    : short;
}

function shortened(name: string): string {
  const letters = [...name];
  if (letters.length <= MOST) return name;
  const start = letters.slice(0, MOST / 2).join("");
  return `${start}…${letters.slice(1 - MOST / 2).join("")}`;
}
