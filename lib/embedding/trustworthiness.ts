import { BadInput } from "../bad_input.ts";
import type { Points } from "../matrix_kinds.ts";
import { nearestNeighbours, squaredDistancesFrom } from "./neighbours.ts";

/**
 * How far the neighbours in an embedding are neighbours of the points too
 * (Venna and Kaski 2001): `1 - 2 / (n k (2n - 3k - 1)) sum_i sum_j max(0,
 * r(i, j) - k)` over the k nearest rows j of each row i in the embedding, with
 * r(i, j) the place of j among the neighbours of i in the points, from 1.
 *
 * @param points `[n, columns]`
 * @param embedding `[n, any]`, the same rows
 * @param neighbours k, in [1, n / 2)
 * @returns in [0, 1]; 1 when no neighbour in the embedding is an intruder
 * @throws {BadInput} if the rows differ in number or k is out of range
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
    distances[i] = Infinity; // a row does not come before its neighbours
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
  const whole = Number.isInteger(neighbours);
  if (whole && neighbours >= 1 && neighbours < rows / 2) return;
  throw new BadInput(
    "Cannot measure trustworthiness as the number of neighbours must be " +
      `whole and in [1, ${rows / 2}): current value is ${neighbours}`,
  );
}
