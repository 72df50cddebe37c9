import assert from "node:assert/strict";
import {
  judgeBestEpsilon,
  judgeSurface,
} from "../../../lib/synthetic/figures/figure_claims.ts";
import { assertClose } from "../../calibration/close.ts";
import { bestEpsilonRecord, type Group, surfaceRecord } from "../records.ts";

/** A record with two groups of points and the best epsilon of each. */
const figure6 = (dataset: number, middle: number, sure: number) => {
  const group = (place: number, best: number): Group => ({
    group: place,
    count: 300,
    truth: 300 * (place + 0.5) / 50,
    predicted: () => 0,
    distance: (epsilon) => Math.abs(epsilon - best),
  });
  // Probabilities of 0.81 and 0.97.
  return bestEpsilonRecord(dataset, [group(40, middle), group(48, sure)]);
};

Deno.test("judgeBestEpsilon() subtracts the best epsilon at 0.8 from that near 1", () => {
  const [claim, ...others] = judgeBestEpsilon([
    figure6(0, 0.02, 0.06),
    figure6(1, 0.02, 0.06),
  ]);
  assert.deepEqual(others, []);
  // The figure shows 0.02, 0.06 and 0.06 near 1, and 0.005 at 0.8.
  assertClose(claim.published, 0.14 / 3 - 0.005);
  assertClose(claim.difference, 0.04);
  assertClose(claim.low, 0.04);
  assertClose(claim.high, 0.04);
  assert.deepEqual([claim.pValue, claim.verdict], [null, "reproduced"]);
});

Deno.test("judgeBestEpsilon() does not reproduce a rise from a fall", () => {
  const records = [0, 1, 2].map((dataset) => figure6(dataset, 0.1, 0.05));
  const [{ difference, verdict }] = judgeBestEpsilon(records);
  assertClose(difference, -0.05);
  assert.equal(verdict, "not reproduced");
});

Deno.test("judgeSurface() compares two distant cells with the best, paired by data set", () => {
  // Each data set shifts all cells alike, so that pairs differ as published.
  const claims = judgeSurface(
    [0.1, 0.2, 0.4].map((shift, dataset) => surfaceRecord(dataset, shift)),
  );
  assert.deepEqual(
    claims.map(({ published, verdict }) => [published.toFixed(3), verdict]),
    [["0.042", "reproduced"], ["0.036", "reproduced"]],
  );
  for (const { difference, standardError, published } of claims) {
    assertClose(difference, published, 1e-12);
    assertClose(standardError, 0, 1e-12);
  }
});
