import { BadInput } from "../bad_input.ts";
import type { Points } from "../matrix_kinds.ts";
import { nearestNeighbours } from "./neighbours.ts";

/**
 * The share of the k nearest rows that carry the row's own label, averaged over
 * the rows. Works on an embedding and on the points themselves, so that what a
 * picture seems to show can be checked without it.
 *
 * @param points `[n, columns]`
 * @param labels `[n]` class indices
 * @param neighbours k, in [1, n - 1]
 * @returns in [0, 1]; chance is about the sum of squared class shares
 * @throws {BadInput} if the lengths differ or k is out of range
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
  const whole = Number.isInteger(neighbours);
  if (!whole || neighbours < 1 || neighbours >= rows) {
    throw new BadInput(
      "Cannot measure purity as the number of neighbours must be whole and " +
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
