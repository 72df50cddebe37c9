import assert from "node:assert/strict";
import { studentisedRangeQuantile } from "../../lib/statistics/studentised_range.ts";
import record from "../fixtures/ranks_reference.json" with { type: "json" };

Deno.test("studentisedRangeQuantile() is SciPy's", () => {
  for (const { probability, groups, quantile } of record.studentisedRange) {
    const found = studentisedRangeQuantile(probability, groups);
    assert(Math.abs(found - quantile) < 1e-7, `${found} is not ${quantile}`);
  }
});

Deno.test("studentisedRangeQuantile() of two is that of a normal difference", () => {
  // The range of two is |N(0, 2)|: sqrt 2 times the normal quantile of 0.975.
  const expected = Math.SQRT2 * 1.959963984540054;
  assert(Math.abs(studentisedRangeQuantile(0.95, 2) - expected) < 1e-10);
});

Deno.test("studentisedRangeQuantile() refuses a probability of 1 and one group", () => {
  assert.throws(() => studentisedRangeQuantile(1, 3), {
    name: "BadInput",
    message: /^Probability of a studentised range must be in \[0.5, 0.9999\]/,
  });
  assert.throws(() => studentisedRangeQuantile(0.95, 1), /Groups .* least 2/);
});
