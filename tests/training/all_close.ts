import assert from "node:assert/strict";

/**
 * Fails unless arrays have the same length and differ by at most `tolerance`; NaN
 * fails.
 */
export function assertAllClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = "array",
): void {
  assert.equal(actual.length, expected.length, `length of ${what}`);
  for (let i = 0; i < actual.length; i++) {
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= tolerance,
      `${what}[${i}] is ${actual[i]}, not within ${tolerance} of ${
        expected[i]
      }`,
    );
  }
}
