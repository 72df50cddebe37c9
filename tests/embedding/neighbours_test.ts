import { deepStrictEqual } from "node:assert/strict";
import { nearestNeighbours } from "../../lib/embedding/neighbours.ts";
import { pointsOf } from "../../lib/matrix_kinds.ts";
import { stream } from "../../lib/random.ts";

Deno.test("nearestNeighbours() orders rows on a line by distance", () => {
  const line = pointsOf([[0], [1], [3], [7], [15]]);
  const { indices, squaredDistances } = nearestNeighbours(line, 2);
  deepStrictEqual([...indices], [1, 2, 0, 2, 1, 0, 2, 1, 3, 2]);
  deepStrictEqual(
    [...squaredDistances],
    [1, 9, 1, 4, 4, 9, 16, 36, 64, 144],
  );
});

Deno.test("nearestNeighbours() puts the lower index first among equal distances", () => {
  const { indices } = nearestNeighbours(pointsOf([[0], [1], [-1], [0]]), 3);
  deepStrictEqual([...indices.subarray(0, 3)], [3, 1, 2]);
  deepStrictEqual([...indices.subarray(9)], [0, 1, 2]);
});

Deno.test("nearestNeighbours() agrees with sorting every distance", () => {
  const random = stream(1, "test");
  const rows = Array.from(
    { length: 43 },
    () => [random.normal(), random.normal(), random.normal()],
  );
  const { indices } = nearestNeighbours(pointsOf(rows), 7);
  rows.forEach((row, i) => {
    const distance = (j: number) =>
      rows[j].reduce((sum, value, k) => sum + (value - row[k]) ** 2, 0);
    const sorted = rows.map((_, j) => j).filter((j) => j !== i)
      .sort((a, b) => distance(a) - distance(b));
    deepStrictEqual(
      [...indices.subarray(7 * i, 7 * i + 7)],
      sorted.slice(0, 7),
    );
  });
});

Deno.test("nearestNeighbours() counts finished rows", () => {
  const finished: number[] = [];
  const line = pointsOf([[0], [1], [3]]);
  nearestNeighbours(line, 1, (rows) => finished.push(rows));
  deepStrictEqual(finished, [1, 2, 3]);
});
