import assert from "node:assert/strict";
import {
  formatMean,
  mean,
  median,
  pairedDifference,
  sampleStandardDeviation,
  standardError,
} from "../../lib/statistics/summary.ts";
import { stream } from "../../lib/random.ts";

function assertClose(actual: number, expected: number, tolerance = 1e-12) {
  assert.ok(
    Math.abs(actual - expected) <= tolerance,
    `${actual} is not within ${tolerance} of ${expected}`,
  );
}

// Two methods over five seeds.
const A = [0.871, 0.869, 0.874, 0.866, 0.872];
const B = [0.868, 0.870, 0.869, 0.861, 0.871];

Deno.test("mean() and sampleStandardDeviation() are as by hand", () => {
  const values = [2, 4, 4, 6];
  assert.equal(mean(values), 4);
  assertClose(sampleStandardDeviation(values), Math.sqrt((4 + 0 + 0 + 4) / 3));
  assertClose(standardError(values), Math.sqrt(8 / 3) / 2);
});

Deno.test("mean() and sampleStandardDeviation() are SciPy's", () => {
  assertClose(mean(A), 0.8704);
  assertClose(sampleStandardDeviation(A), 0.003049590136395384, 1e-15);
  assertClose(standardError(A), 0.001363818169698587, 1e-15);
});

Deno.test("equal values have no deviation at all", () => {
  const same = [0.1, 0.1, 0.1];
  assert.equal(mean(same), 0.1);
  assert.equal(sampleStandardDeviation(same), 0);
});

Deno.test("sampleStandardDeviation() survives a large offset", () => {
  assertClose(sampleStandardDeviation([1e9 + 1, 1e9 + 2, 1e9 + 3]), 1);
});

Deno.test("a single value has a mean and no deviation", () => {
  assert.equal(mean([0.5]), 0.5);
  assert.equal(sampleStandardDeviation([0.5]), NaN);
  assert.equal(standardError([0.5]), NaN);
});

Deno.test("no values have no mean", () => {
  const refusal = { name: "BadInput", message: "Cannot average no values" };
  assert.throws(() => mean([]), refusal);
  assert.throws(() => sampleStandardDeviation([]), refusal);
  assert.throws(() => formatMean([], 2), refusal);
});

Deno.test("pairedDifference() has the interval of SciPy's ttest_rel", () => {
  const difference = pairedDifference(A, B);
  assert.equal(difference.n, 5);
  assertClose(difference.mean, 0.0026);
  assertClose(difference.standardError, 0.001166190378969061);
  assertClose(difference.low, -0.0006378635694174076);
  assertClose(difference.high, 0.005837863569417413);
  const narrower = pairedDifference(A, B, { confidence: 0.9 });
  assertClose(narrower.low, 0.00011386078834974998);
  assertClose(narrower.high, 0.005086139211650253);
});

Deno.test("pairedDifference() changes its sign with the order", () => {
  const ab = pairedDifference(A, B);
  const ba = pairedDifference(B, A);
  assertClose(ba.mean, -ab.mean);
  assertClose(ba.low, -ab.high);
  assertClose(ba.high, -ab.low);
});

Deno.test("pairedDifference() covers the truth about 95 times in 100", () => {
  const random = stream(1, "intervals");
  let covered = 0;
  for (let round = 0; round < 4000; round++) {
    const base = Array.from({ length: 3 }, () => random.normal());
    const other = base.map((x) => x + 1 + 0.1 * random.normal());
    const { low, high } = pairedDifference(other, base);
    if (low <= 1 && 1 <= high) covered++;
  }
  // 95 % with a standard deviation of 0.34 % over 4,000 rounds.
  assertClose(covered / 4000, 0.95, 0.015);
});

Deno.test("pairedDifference() refuses what makes no pairs", () => {
  assert.throws(() => pairedDifference([1, 2, 3], [1, 2]), {
    name: "BadInput",
    message:
      "Cannot compare pairs as there must be two or more: 3 and 2 values",
  });
  assert.throws(() => pairedDifference([1], [1]), {
    name: "BadInput",
    message:
      "Cannot compare pairs as there must be two or more: 1 and 1 values",
  });
  for (const confidence of [0, 1]) {
    assert.throws(() => pairedDifference(A, B, { confidence }), {
      name: "BadInput",
      message:
        `Cannot compare pairs as the confidence must be in (0, 0.999]: current value is ${confidence}`,
    });
  }
});

Deno.test("formatMean() writes mean and deviation with as many decimals", () => {
  assert.equal(formatMean(A, 4), "0.8704 ± 0.0030");
  assert.equal(formatMean([2, 4, 4, 6], 1), "4.0 ± 1.6");
});

Deno.test("formatMean() writes the mean alone of a single value", () => {
  assert.equal(formatMean([0.25], 3), "0.250");
});

Deno.test("median() is the middle value, or between the two in the middle", () => {
  assert.equal(median([3, 1, 10]), 3);
  assert.equal(median([4, 1, 10, 2]), 3);
  assert.equal(median([7]), 7);
});
