import { BadInput } from "../bad_input.ts";
import type { Points } from "../matrix_kinds.ts";
import { nearestNeighbours } from "./neighbours.ts";

/**
 * The fraction of a row's k nearest rows that have the same label, averaged over
 * rows. Applied to the original points, it checks what a picture of their embedding
 * seems to show.
 *
 * @param points `[n, columns]`, finite
 * @param labels `[n]` class indices
 * @param neighbours k, in [1, n - 1]
 * @returns in [0, 1]; by chance, about the sum of squared class proportions
 * @throws {BadInput} if the lengths differ or k is out of range
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { neighbourPurity, pointsOf } from "@ils/label-smoothing/embedding";
 * const points = pointsOf([[0], [1], [10], [11]]);
 * strictEqual(neighbourPurity(points, Int32Array.of(0, 0, 1, 1), 1), 1);
 * strictEqual(neighbourPurity(points, Int32Array.of(0, 1, 0, 1), 1), 0);
 * ```
 */
export function neighbourPurity(
  points: Points,
  labels: Int32Array,
  neighbours: number,
): number {
  const { rows } = points;
  if (labels.length !== rows) {
    throw new BadInput(
      `Cannot measure purity of ${rows} points with ${labels.length} labels`,
    );
  }
  if (!Number.isInteger(neighbours) || neighbours < 1 || neighbours >= rows) {
    throw new BadInput(
      "Cannot measure purity as the number of neighbours must be a whole number " +
        `in [1, ${rows - 1}]: current value is ${neighbours}`,
    );
  }
  const { indices } = nearestNeighbours(points, neighbours);
  let same = 0;
  indices.forEach((j, at) => {
    if (labels[j] === labels[Math.floor(at / neighbours)]) same++;
  });
  return same / indices.length;
}
