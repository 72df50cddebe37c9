import type { Points } from "../matrix_kinds.ts";

/** The nearest other rows of each row, nearest first. */
export interface Neighbours {
  /** Number of neighbours per row. */
  readonly count: number;
  /** `[n, count]` row indices. */
  readonly indices: Int32Array;
  /** `[n, count]` squared Euclidean distances, ascending in each row. */
  readonly squaredDistances: Float64Array;
}

/**
 * The exact nearest neighbours of every row by Euclidean distance; among equal
 * distances the lower index comes first. It compares every pair, in time
 * proportional to `n^2 * columns`: 0.2 s for 3,000 rows of 10.
 *
 * @param points `[n, columns]`, finite
 * @param count in [1, n - 1]
 * @param onRow called after each row with the number of finished rows
 */
export function nearestNeighbours(
  points: Points,
  count: number,
  onRow?: (finished: number) => void,
): Neighbours {
  const { rows } = points;
  const indices = new Int32Array(rows * count);
  const squaredDistances = new Float64Array(rows * count).fill(Infinity);
  const distances = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    squaredDistancesFrom(points, i, distances);
    distances[i] = NaN; // not smaller than any distance: excludes the row itself
    const start = i * count;
    const last = start + count - 1;
    for (let j = 0; j < rows; j++) {
      const distance = distances[j];
      if (!(distance < squaredDistances[last])) continue;
      let slot = last;
      while (slot > start && squaredDistances[slot - 1] > distance) {
        squaredDistances[slot] = squaredDistances[slot - 1];
        indices[slot] = indices[slot - 1];
        slot--;
      }
      squaredDistances[slot] = distance;
      indices[slot] = j;
    }
    onRow?.(i + 1);
  }
  return { count, indices, squaredDistances };
}

/**
 * Writes the squared Euclidean distances of row `i` to every row into
 * `distances` `[n]`.
 */
export function squaredDistancesFrom(
  points: Points,
  i: number,
  distances: Float64Array,
): void {
  const { data, rows, columns } = points;
  const start = i * columns;
  // Four rows at a time, because their sums do not depend on each other.
  const blocks = rows - rows % 4;
  for (let j = 0; j < blocks; j += 4) {
    const a = j * columns;
    const b = a + columns;
    const c = b + columns;
    const d = c + columns;
    let sumA = 0, sumB = 0, sumC = 0, sumD = 0;
    for (let k = 0; k < columns; k++) {
      const value = data[start + k];
      sumA += (value - data[a + k]) ** 2;
      sumB += (value - data[b + k]) ** 2;
      sumC += (value - data[c + k]) ** 2;
      sumD += (value - data[d + k]) ** 2;
    }
    distances[j] = sumA;
    distances[j + 1] = sumB;
    distances[j + 2] = sumC;
    distances[j + 3] = sumD;
  }
  for (let j = blocks; j < rows; j++) {
    let sum = 0;
    for (let k = 0; k < columns; k++) {
      sum += (data[start + k] - data[j * columns + k]) ** 2;
    }
    distances[j] = sum;
  }
}
