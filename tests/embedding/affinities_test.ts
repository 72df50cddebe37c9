import { deepStrictEqual, ok } from "node:assert/strict";
import {
  conditionalProbabilities,
  jointProbabilities,
} from "../../lib/embedding/affinities.ts";
import { nearestNeighbours } from "../../lib/embedding/neighbours.ts";
import { pointsOf } from "../../lib/matrix_kinds.ts";
import { points, reference } from "./reference.ts";

const neighbours = nearestNeighbours(points, 3 * reference.perplexity + 1);
const conditional = conditionalProbabilities(neighbours, reference.perplexity);

function close(actual: number, expected: number, tolerance: number) {
  ok(
    Math.abs(actual - expected) <= tolerance,
    `${actual} is not ${expected} within ${tolerance}`,
  );
}

Deno.test("conditionalProbabilities() returns rows of sum 1 and the requested perplexity", () => {
  const { count } = neighbours;
  for (let at = 0; at < conditional.length; at += count) {
    const row = conditional.subarray(at, at + count);
    close(row.reduce((a, b) => a + b), 1, 1e-12);
    const entropy = row.reduce((sum, p) => sum - (p && p * Math.log(p)), 0);
    close(Math.exp(entropy), reference.perplexity, 1e-4);
  }
});

Deno.test("conditionalProbabilities() is Gaussian in the distance", () => {
  // log p falls in proportion to the squared distance.
  const { squaredDistances: d } = neighbours;
  const logRatio = (k: number) => Math.log(conditional[0] / conditional[k]);
  close(
    logRatio(40) / logRatio(20),
    (d[40] - d[0]) / (d[20] - d[0]),
    1e-9,
  );
});

Deno.test("conditionalProbabilities() does not depend on the scale of the points", () => {
  for (const scale of [1e-60, 1e60]) {
    const scaled = {
      ...neighbours,
      squaredDistances: neighbours.squaredDistances.map((d) => d * scale),
    };
    const result = conditionalProbabilities(scaled, reference.perplexity);
    result.forEach((p, at) => close(p, conditional[at], 1e-6));
  }
});

Deno.test("conditionalProbabilities() spreads evenly over coinciding points", () => {
  const same = nearestNeighbours(pointsOf(Array(10).fill([1, 2])), 7);
  const rows = conditionalProbabilities(same, 2);
  rows.forEach((p) => close(p, 1 / 7, 1e-15));
});

Deno.test("conditionalProbabilities() spreads over the nearest rows if more of them tie than the perplexity", () => {
  // Four neighbours at distance 0, two at 1: a perplexity of 2 is out of reach.
  const rows = [[0], [0], [0], [0], [0], [1], [1]];
  const some = nearestNeighbours(pointsOf(rows), 6);
  const first = conditionalProbabilities(some, 2).subarray(0, 6);
  [0.25, 0.25, 0.25, 0.25, 0, 0].forEach((p, k) => close(first[k], p, 1e-12));
});

Deno.test("jointProbabilities() averages both directions of an edge", () => {
  const some = {
    count: 1,
    indices: Int32Array.of(1, 0, 1),
    squaredDistances: new Float64Array(3),
  };
  const joint = jointProbabilities(some, Float64Array.of(1, 1, 1));
  deepStrictEqual([...joint.offsets], [0, 1, 2, 2]);
  deepStrictEqual([...joint.columns], [1, 2]);
  deepStrictEqual([...joint.values], [2 / 6, 1 / 6]);
});

Deno.test("jointProbabilities() equals (p_(j|i) + p_(i|j)) / 2n for every pair and sums to 1", () => {
  const { rows } = points;
  const { count, indices } = neighbours;
  const dense = new Float64Array(rows * rows);
  indices.forEach((j, at) => {
    const i = Math.floor(at / count);
    dense[i * rows + j] += conditional[at] / (2 * rows);
    dense[j * rows + i] += conditional[at] / (2 * rows);
  });
  const { offsets, columns, values } = jointProbabilities(
    neighbours,
    conditional,
  );
  close(2 * values.reduce((a, b) => a + b), 1, 1e-12);
  for (let i = 0; i < rows; i++) {
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      ok(columns[at] > i);
      close(values[at], dense[i * rows + columns[at]], 1e-15);
      close(values[at], dense[columns[at] * rows + i], 1e-15);
      dense[i * rows + columns[at]] = dense[columns[at] * rows + i] = 0;
    }
  }
  ok(dense.every((p) => p === 0), "a pair was left out");
});

Deno.test("jointProbabilities() agrees with scikit-learn", () => {
  const joint = jointProbabilities(neighbours, conditional);
  const found = new Map<string, number>();
  for (let i = 0; i < 5; i++) {
    for (let at = joint.offsets[i]; at < joint.offsets[i + 1]; at++) {
      found.set(`${i},${joint.columns[at]}`, joint.values[at]);
    }
  }
  deepStrictEqual(found.size, reference.joint.length);
  for (const [i, j, p] of reference.joint) {
    // scikit-learn computes in float32 with an entropy tolerance of 1e-5, so its
    // tails are less exact.
    close(found.get(`${i},${j}`) ?? NaN, p, 1e-4 * p);
  }
});
