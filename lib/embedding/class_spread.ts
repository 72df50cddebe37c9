import { BadInput } from "../bad_input.ts";
import type { Points } from "../matrix_kinds.ts";

/**
 * How far the rows of a class lie apart, beside all rows: the mean squared
 * distance to the centre of the row's class over the mean squared distance to
 * the centre of all.
 *
 * @param points `[n, dimensions]`, not all equal
 * @param labels `[n]`
 * @returns in [0, 1]: 0 where every class is one point, 1 where the classes
 * have the same centre
 * @throws {BadInput} if lengths differ or all points are equal
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

/** Sum of the squared distances of rows to the centre of their group. */
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
