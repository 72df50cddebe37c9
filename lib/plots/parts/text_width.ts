/**
 * An upper bound on the width of a line of text in pixels, by classes of letters of
 * DejaVu Sans, the widest font of a figure. Real glyphs are not measured, so that
 * figures do not depend on the machine.
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
  // East Asian characters and emoji are square.
  if (letter.codePointAt(0)! >= 0x1100) return 1.05;
  return 0.63;
}

/** Shortens text to a width in pixels; "…" replaces the end if it is too long. */
export function shorten(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  while (letters.length && textWidth(letters.join("") + "…", size) > width) {
    letters.pop();
  }
  return letters.join("").trimEnd() + "…";
}

/** As `shorten()`, but "…" replaces the middle: ends of names often tell them apart. */
export function shortenMiddle(
  text: string,
  width: number,
  size: number,
): string {
  if (textWidth(text, size) <= width) return text;
  const letters = [...text];
  let removed = 1;
  const short = () => {
    const start = Math.ceil((letters.length - removed) / 2);
    const kept = letters.slice(0, start).join("").trimEnd();
    return `${kept}…${letters.slice(start + removed).join("").trimStart()}`;
  };
  while (removed < letters.length && textWidth(short(), size) > width) {
    removed++;
  }
  return short();
}

/**
 * Wraps text between words to a width in pixels; words longer than a line are
 * shortened. Lines do not break at a no-break space or before "%".
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
