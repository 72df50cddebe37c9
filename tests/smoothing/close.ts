import assert from "node:assert/strict";

/** Asserts that arrays have the same length and agree within `tolerance`. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  const numbers = Array.from(actual);
  assert.equal(numbers.length, expected.length);
  const close = numbers.every((value, i) =>
    Math.abs(value - expected[i]) <= tolerance
  );
  assert(close, `${numbers} is not within ${tolerance} of ${expected}`);
}
