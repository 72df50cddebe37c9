import assert from "node:assert/strict";
import { percentileInterval } from "../../../lib/calibration/resampling/percentile_interval.ts";

Deno.test("percentileInterval() interpolates linearly, as NumPy's percentile", () => {
  // numpy.percentile([4, 1, 3, 2], [10, 90]) is [1.3, 3.7].
  const { low, high } = percentileInterval(Float64Array.of(4, 1, 3, 2), 0.8);
  assert.equal(low.toFixed(12), "1.300000000000");
  assert.equal(high.toFixed(12), "3.700000000000");
});

Deno.test("percentileInterval() leaves out NaN, and keeps infinite values", () => {
  const of = (...values: number[]) =>
    percentileInterval(Float64Array.from(values), 0.5);
  assert.deepEqual(of(2, NaN, 2), { low: 2, high: 2 });
  assert.deepEqual(of(Infinity, Infinity), { low: Infinity, high: Infinity });
  assert.deepEqual(of(1, 1, 1, Infinity, Infinity), { low: 1, high: Infinity });
  assert.deepEqual(of(NaN), { low: NaN, high: NaN });
});
