import { argMax } from "../../matrix.ts";
import type { Probabilities } from "../../matrix_kinds.ts";
import type { Picture } from "./png.ts";
import { classColour, PAPER } from "./theme.ts";

/** Share of the class colour for a uniform and for a one-hot distribution. */
const PALEST = 0.1;
const FULLEST = 0.55;

/**
 * A picture with one pixel per distribution: the colour of the most probable class
 * (the first of equals), mixed with white; its share is
 * `0.1 + 0.45 (max p - 1/K) / (1 - 1/K)`.
 *
 * @param probabilities `[rows * columns, classes]`, at least two classes, from the
 * bottom line up
 * @param columns pixels per line
 * @returns three channels, the top line first
 */
export function classPicture(
  probabilities: Probabilities,
  columns: number,
): Picture {
  const { data, columns: classes, rows: cells } = probabilities;
  const pixels = new Uint8Array(3 * cells);
  const height = cells / columns;
  const paper = bytes(PAPER);
  const inks = Array.from({ length: classes }, (_, k) => bytes(classColour(k)));
  for (let i = 0; i < cells; i++) {
    const best = argMax(probabilities, i);
    const sure = (data[i * classes + best] - 1 / classes) / (1 - 1 / classes);
    const share = PALEST + (FULLEST - PALEST) * sure;
    const line = height - 1 - Math.floor(i / columns);
    const mixed = paper.map((p, c) =>
      Math.round(p + share * (inks[best][c] - p))
    );
    pixels.set(mixed, 3 * (line * columns + i % columns));
  }
  return { pixels, width: columns, height, channels: 3 };
}

/** Red, green and blue of a colour such as "#0072b2". */
function bytes(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}
