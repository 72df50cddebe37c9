import { BadInput } from "../bad_input.ts";
import type { Points } from "../matrix_kinds.ts";
import { nearestNeighbours, squaredDistancesFrom } from "./neighbours.ts";

/**
 * The degree to which neighbours in an embedding are also neighbours in the original
 * points: `1 - 2 / (n k (2n - 3k - 1)) sum_i sum_j max(0, r(i, j) - k)` over the k
 * nearest rows j of each row i in the embedding, where r(i, j) is the rank (from 1)
 * of j among the neighbours of i in the original points.
 *
 * @param points `[n, columns]`, finite
 * @param embedding `[n, dimensions]`, the same rows embedded
 * @param neighbours k, in [1, n / 2)
 * @returns in [0, 1]; 1 if no neighbour in the embedding is an intruder
 * @throws {BadInput} if the numbers of rows differ or k is out of range
 * @see J. Venna and S. Kaski, "Neighborhood Preservation in Nonlinear Projection
 * Methods", ICANN 2001
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { pointsOf, trustworthiness } from "@ils/label-smoothing/embedding";
 * const points = pointsOf([[0], [1], [10], [11]]);
 * const shuffled = pointsOf([[0], [10], [1], [11]]);
 * strictEqual(trustworthiness(points, points, 1), 1);
 * // Neighbours in `shuffled` have ranks 2, 3, 3 and 2 in `points`.
 * strictEqual(trustworthiness(points, shuffled, 1), 1 - (1 + 2 + 2 + 1) / 8);
 * ```
 */
export function trustworthiness(
  points: Points,
  embedding: Points,
  neighbours: number,
): number {
  const { rows } = points;
  check(rows, embedding.rows, neighbours);
  const { indices } = nearestNeighbours(embedding, neighbours);
  const distances = new Float64Array(rows);
  let intrusion = 0;
  for (let i = 0; i < rows; i++) {
    squaredDistancesFrom(points, i, distances);
    distances[i] = Infinity; // ranks the row itself after all others
    const nearby = indices.subarray(i * neighbours, (i + 1) * neighbours);
    for (const j of nearby) {
      let place = 1;
      for (let other = 0; other < rows; other++) {
        if (distances[other] < distances[j]) place++;
      }
      intrusion += Math.max(0, place - neighbours);
    }
  }
  const worst = rows * neighbours * (2 * rows - 3 * neighbours - 1) / 2;
  return 1 - intrusion / worst;
}

function check(rows: number, embedded: number, neighbours: number): void {
  if (rows !== embedded) {
    throw new BadInput(
      `Cannot compare ${rows} points with an embedding of ${embedded} rows`,
    );
  }
  const integer = Number.isInteger(neighbours);
  if (integer && neighbours >= 1 && neighbours < rows / 2) return;
  throw new BadInput(
    "Cannot measure trustworthiness as the number of neighbours must be a " +
      `whole number in [1, ${rows / 2}): current value is ${neighbours}`,
  );
}
