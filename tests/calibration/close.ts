import assert from "node:assert/strict";

/** Fails unless the numbers differ by at most `tolerance`. */
export function assertClose(
  actual: number,
  expected: number,
  tolerance = 1e-12,
  what = "value",
): void {
  assert.ok(
    Math.abs(actual - expected) <= tolerance,
    `${what} is ${actual}, not within ${tolerance} of ${expected}`,
  );
}
