import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { splitIndices } from "../../lib/data/split.ts";
import { stream } from "../../lib/random.ts";

/** `perClass[k]` samples of each class k in random order. */
function pool(perClass: number[]): Int32Array {
  const labels = perClass.flatMap((count, k) => Array(count).fill(k));
  const order = stream(5, "pool").permutation(labels.length);
  return Int32Array.from(order, (i) => labels[i]);
}

function countsOf(labels: Int32Array, indices: Int32Array, classes: number) {
  const counts = Array(classes).fill(0);
  for (const index of indices) counts[labels[index]]++;
  return counts;
}

Deno.test("splitIndices() assigns every sample to one side, in ascending order", () => {
  const labels = pool([30, 30, 40]);
  const { train, validation } = splitIndices(labels, {
    trainFraction: 0.8,
    seed: 1,
  });
  deepStrictEqual([train.length, validation.length], [80, 20]);
  const all = [...train, ...validation].sort((a, b) => a - b);
  deepStrictEqual(all, [...labels.keys()]);
  for (const side of [train, validation]) {
    deepStrictEqual(side, side.slice().sort());
  }
});

Deno.test("splitIndices() keeps equal classes equal on both sides", () => {
  const labels = pool(Array(10).fill(60));
  const { train, validation } = splitIndices(labels, {
    trainFraction: 0.8,
    limit: 100,
    seed: 3,
  });
  deepStrictEqual(countsOf(labels, train, 10), Array(10).fill(8));
  deepStrictEqual(countsOf(labels, validation, 10), Array(10).fill(2));
});

Deno.test("splitIndices() keeps unequal classes in proportion to within one", () => {
  const perClass = [500, 300, 150, 50];
  const labels = pool(perClass);
  for (const limit of [40, 137, 600, 1000]) {
    const { train, validation } = splitIndices(labels, {
      trainFraction: 0.75,
      limit,
      seed: 2,
    });
    for (const side of [train, validation]) {
      countsOf(labels, side, 4).forEach((count, k) => {
        const share = side.length * perClass[k] / 1000;
        ok(Math.abs(count - share) <= 1.5, `${count} of class ${k}: ${share}`);
      });
    }
  }
});

Deno.test("splitIndices() with a larger limit only adds samples", () => {
  const labels = pool([70, 20, 110]);
  const splitOf = (limit: number) =>
    splitIndices(labels, { trainFraction: 0.7, limit, seed: 9 });
  for (let limit = 10; limit < 200; limit += 7) {
    const [small, large] = [splitOf(limit), splitOf(limit + 1)];
    for (const side of ["train", "validation"] as const) {
      const kept = new Set(large[side]);
      ok(small[side].every((index) => kept.has(index)), `${side} of ${limit}`);
    }
  }
});

Deno.test("splitIndices() returns the same split for a seed and others for another", () => {
  const labels = pool([40, 60]);
  const splitOf = (seed: number) =>
    splitIndices(labels, { trainFraction: 0.5, seed });
  deepStrictEqual(splitOf(1), splitOf(1));
  ok(splitOf(1).train.join() !== splitOf(2).train.join());
});

Deno.test("splitIndices() returns a fixed split of one small pool", () => {
  const labels = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1);
  const { train, validation } = splitIndices(labels, {
    trainFraction: 0.5,
    seed: 1,
  });
  deepStrictEqual([...train], [1, 2, 4, 7]);
  deepStrictEqual([...validation], [0, 3, 5, 6]);
});

Deno.test("splitIndices() refuses numbers that cannot be split", () => {
  const labels = pool([10, 10]);
  const refused: [Parameters<typeof splitIndices>[1], RegExp][] = [
    [
      { trainFraction: 1, seed: 1 },
      /trainFraction must be in \(0, 1\): current value is 1/,
    ],
    [
      { trainFraction: 0.5, limit: 21, seed: 1 },
      /Cannot take 21 samples as there are only 20 for training and validation/,
    ],
    [
      { trainFraction: 0.5, limit: 2.5, seed: 1 },
      /limit must be a whole number of at least 2: current value is 2.5/,
    ],
    [
      { trainFraction: 0.9, limit: 4, seed: 1 },
      /Cannot split 4 samples with training fraction 0.9 as one side/,
    ],
  ];
  for (const [options, message] of refused) {
    throws(
      () => splitIndices(labels, options),
      (error) => error instanceof BadInput && message.test(error.message),
    );
  }
});
