import { BadInput } from "../bad_input.ts";
import type { Points } from "../matrix_kinds.ts";

/**
 * The within-class share of the variance: the mean squared distance of rows to the
 * centre of their class, divided by the mean squared distance to the overall centre.
 *
 * @param points `[n, dimensions]`, not all equal
 * @param labels `[n]` class indices
 * @returns in [0, 1]: 0 if each class is a single point, 1 if all classes have the
 * same centre
 * @throws {BadInput} if the lengths differ or all points are equal
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { classSpread, pointsOf } from "@ils/label-smoothing/embedding";
 * // Centres 1 and 5 with deviations of 1; 3, 1, 1 and 3 from the overall centre 3.
 * const points = pointsOf([[0], [2], [4], [6]]);
 * strictEqual(classSpread(points, Int32Array.of(0, 0, 1, 1)), 4 / 20);
 * ```
 */
export function classSpread(points: Points, labels: Int32Array): number {
  if (labels.length !== points.rows) {
    throw new BadInput(
      `Cannot measure the spread of ${points.rows} points with ` +
        `${labels.length} labels`,
    );
  }
  const total = squaredDeviation(points, new Int32Array(points.rows));
  if (total === 0) {
    throw new BadInput("Cannot measure the spread as all points are equal");
  }
  return squaredDeviation(points, labels) / total;
}

/** The sum of squared distances of rows to the centre of their group. */
function squaredDeviation(
  { data, rows, columns }: Points,
  groups: Int32Array,
): number {
  const centres = new Map<number, { count: number; sum: Float64Array }>();
  for (let i = 0; i < rows; i++) {
    const centre = centres.get(groups[i]) ??
      { count: 0, sum: new Float64Array(columns) };
    centre.count++;
    for (let k = 0; k < columns; k++) centre.sum[k] += data[i * columns + k];
    centres.set(groups[i], centre);
  }
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const { count, sum } = centres.get(groups[i])!;
    for (let k = 0; k < columns; k++) {
      total += (data[i * columns + k] - sum[k] / count) ** 2;
    }
  }
  return total;
}
