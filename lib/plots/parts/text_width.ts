/**
 * The width of a line of text in pixels, from above: by classes of letters, as
 * wide as DejaVu Sans, the widest of the fonts that a figure may meet. Nothing
 * here can measure real glyphs, and a figure must not change with the machine.
 *
 * @param size height of the font in pixels
 */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) ems += emWidth(letter);
  return ems * size;
}

function emWidth(letter: string): number {
  if (/[ijl.,:;'|!]/.test(letter)) return 0.34;
  if (/[\sftr()[\]/\\"-]/.test(letter)) return 0.4;
  if (/[acekszvxyJ]/.test(letter)) return 0.6;
  if (/[mwMW%@]/.test(letter)) return 1;
  if (/[A-Z#&<>=+~±−…]/.test(letter)) return 0.76;
  // East Asian letters and emoji fill a square.
  if (letter.codePointAt(0)! >= 0x1100) return 1.05;
  return 0.63;
}

/** Text cut to a width, its end replaced by "…" where it was too long. */
export function shorten(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  while (letters.length && textWidth(letters.join("") + "…", size) > width) {
    letters.pop();
  }
  return letters.join("").trimEnd() + "…";
}

/**
 * Text broken between words into lines; a word too long for one is cut. A no-break
 * space holds words together, and so does the one before "%".
 */
export function wrap(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(/[ \t]+(?!%)/).filter(Boolean)) {
      const longer = line ? `${line} ${word}` : word;
      if (textWidth(longer, size) <= width) line = longer;
      else {
        if (line) lines.push(line);
        line = shorten(word, width, size);
      }
    }
    lines.push(line);
  }
  return lines;
}
