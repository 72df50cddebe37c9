import { drawnRows } from "../../plots/parts/point_paths.ts";
import { classColour } from "../../plots/parts/theme.ts";
import type { StillRun } from "./still_panel.ts";

/** What is known about the points of a figure, which are numbered as they are drawn. */
export interface StillRows {
  /** Class of each point. */
  readonly labels: Int32Array;
  /** Row of each point among known images, unless it shows other images. */
  readonly rows?: readonly number[];
}

/**
 * Finds out which points a figure shows: known images, if it has as many points of each
 * class in the same order, else others, whose classes have the colours.
 *
 * @param drawn colours and numbers of points in the order of drawing
 * @param known classes of the known images
 * @param classes number of classes
 * @returns undefined if colours do not tell the classes apart
 */
export function stillRows(
  drawn: readonly StillRun[],
  known: Int32Array,
  classes: number,
): StillRows | undefined {
  const expected = drawnRows(known);
  const isKnown = drawn.length === expected.length &&
    expected.every(({ label, rows }, i) =>
      drawn[i].colour === classColour(label) && drawn[i].count === rows.length
    );
  if (isKnown) {
    const rows = expected.flatMap(({ rows }) => rows);
    return { labels: Int32Array.from(rows, (row) => known[row]), rows };
  }
  const colours = Array.from({ length: classes }, (_, k) => classColour(k));
  if (new Set(colours).size < classes) return undefined;
  const labels = drawn.flatMap(({ colour, count }) =>
    Array<number>(count).fill(colours.indexOf(colour))
  );
  return labels.includes(-1) ? undefined : { labels: Int32Array.from(labels) };
}
