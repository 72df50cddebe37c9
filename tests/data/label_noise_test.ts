import {
  deepStrictEqual,
  notDeepStrictEqual,
  ok,
  throws,
} from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { noisyLabels } from "../../lib/data/label_noise.ts";

const CLASSES = 4;

/** 4,000 labels, a thousand of each class. */
const LABELS = Int32Array.from({ length: 4000 }, (_, i) => i % CLASSES);

const EVEN = { classes: CLASSES, rate: 0.2, seed: 1 };

/** Class 0 is confused with 1 and 2, class 1 with 3 only, 2 and 3 with none. */
const CONFUSIONS = [[50, 30, 10, 0], [0, 0, 0, 7], [0, 0, 9, 0], [0, 0, 0, 9]];

const SIMILAR = { ...EVEN, rate: 1, confusions: CONFUSIONS };

/** Whether a count of n draws is within 4 standard deviations of its mean. */
function isLikely(count: number, n: number, probability: number): boolean {
  const stdev = Math.sqrt(n * probability * (1 - probability));
  return Math.abs(count - n * probability) <= 4 * stdev;
}

/** How often labels of a class became each class. */
function countsOf(label: number, noisy: Int32Array): number[] {
  const counts = Array(CLASSES).fill(0);
  LABELS.forEach((clean, i) => {
    if (clean === label) counts[noisy[i]]++;
  });
  return counts;
}

Deno.test("noisyLabels() replaces labels at the given rate, evenly by the other classes", () => {
  for (const rate of [0.05, 0.2, 0.9]) {
    const noisy = noisyLabels(LABELS, { ...EVEN, rate });
    for (let label = 0; label < CLASSES; label++) {
      countsOf(label, noisy).forEach((count, k) => {
        const probability = k === label ? 1 - rate : rate / (CLASSES - 1);
        ok(isLikely(count, 1000, probability), `${rate}: ${label} → ${k}`);
      });
    }
  }
});

Deno.test("noisyLabels() never keeps a label that it replaces", () => {
  for (const confusions of [undefined, CONFUSIONS]) {
    const noisy = noisyLabels(LABELS, { ...EVEN, rate: 1, confusions });
    ok(noisy.every((label, i) => label !== LABELS[i]));
  }
});

Deno.test("noisyLabels() replaces in proportion to confusions, and evenly without any", () => {
  const noisy = noisyLabels(LABELS, SIMILAR);
  const [zero, one, two] = [0, 1, 2].map((label) => countsOf(label, noisy));
  ok(isLikely(zero[1], 1000, 0.75), `${zero}`);
  deepStrictEqual([zero[0], zero[3]], [0, 0]);
  deepStrictEqual(one, [0, 0, 0, 1000]);
  for (const k of [0, 1, 3]) ok(isLikely(two[k], 1000, 1 / 3), `${two}`);
});

Deno.test("noisyLabels() depends on the seed only, and keeps its argument", () => {
  const before = LABELS.slice();
  const noisy = noisyLabels(LABELS, EVEN);
  deepStrictEqual(noisyLabels(LABELS, EVEN), noisy);
  notDeepStrictEqual(noisyLabels(LABELS, { ...EVEN, seed: 2 }), noisy);
  deepStrictEqual(LABELS, before);
});

Deno.test("noisyLabels() replaces the same labels with confusions, and more at a higher rate", () => {
  const replacedAt = (options: Parameters<typeof noisyLabels>[1]) =>
    [...noisyLabels(LABELS, options).entries()]
      .filter(([i, label]) => label !== LABELS[i]);
  const even = replacedAt(EVEN);
  const indices = (pairs: [number, number][]) => pairs.map(([i]) => i);
  const similar = replacedAt({ ...EVEN, confusions: CONFUSIONS });
  deepStrictEqual(indices(similar), indices(even));
  const higher = new Map(replacedAt({ ...EVEN, rate: 0.4 }));
  ok(higher.size > even.length);
  ok(even.every(([i, label]) => higher.get(i) === label));
});

Deno.test("noisyLabels() returns fixed labels for a few", () => {
  // If they change, finished runs have other labels than their spec says.
  const few = noisyLabels(LABELS.slice(0, 8), { ...EVEN, rate: 0.5 });
  deepStrictEqual([...few], [1, 0, 2, 1, 3, 2, 2, 1]);
});

Deno.test("noisyLabels() refuses numbers out of range", () => {
  const refused: [object, RegExp][] = [
    [{ rate: 0 }, /^rate must be in \(0, 1\]: current value is 0$/],
    [{ rate: 1.1 }, /^rate must be in \(0, 1\]: current value is 1.1$/],
    [{ seed: 1.5 }, /^seed must be a whole number of at least 0: .* 1.5$/],
    [{ classes: 1 }, /^Label noise needs at least two classes: .* 1$/],
  ];
  for (const [changes, message] of refused) {
    throws(
      () => noisyLabels(LABELS, { ...EVEN, ...changes }),
      (error) => error instanceof BadInput && message.test(error.message),
    );
  }
});
