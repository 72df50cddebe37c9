/** Characters that change how a terminal shows the rest of a line. */
const CONTROL = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/**
 * A text from a file in quotes, for messages: in one line, without control characters,
 * and cut after a number of characters.
 */
export function quoted(text: string, most = 60): string {
  const escaped = visible(JSON.stringify(text.slice(0, most)).slice(1, -1));
  const isWhole = text.length <= most && escaped.length <= 2 * most;
  return isWhole ? `"${escaped}"` : `"${escaped.slice(0, most)}…"`;
}

/** A name from a file in messages: in quotes unless it is simple. */
export function shown(name: string): string {
  return /^[\w./ -]{1,60}$/.test(name) ? name : quoted(name);
}

/** A text with its control characters and marks of direction as in JSON. */
export function visible(text: string): string {
  return text.replaceAll(CONTROL, unicodeEscape);
}

/** A character of 16 bits as in JSON, such as `\u001b`. */
export function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
