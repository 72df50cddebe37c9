import * as Plot from "@observablehq/plot";

/** A bar whose height is a number of rows. */
export interface CountBar {
  readonly x1: number;
  readonly x2: number;
  readonly count: number;
}

/** In narrower bins of equal width, the numbers of `countNumbers()` would overlap. */
export const MOST_NUMBERED_BINS = 16;

/** The number of rows on each bar, upright from its foot. */
export function countNumbers(bars: readonly CountBar[]): Plot.Text {
  return Plot.text(bars, {
    x: ({ x1, x2 }: CountBar) => (x1 + x2) / 2,
    y: 0,
    text: ({ count }: CountBar) => String(count),
    rotate: -90,
    textAnchor: "start",
    dy: -4,
    fontSize: 11,
  });
}

/** A short form of a count: "2,000", but "20K". */
export function shortCount(count: number): string {
  return count.toLocaleString(
    "en",
    count < 10_000 ? {} : { notation: "compact" },
  );
}
