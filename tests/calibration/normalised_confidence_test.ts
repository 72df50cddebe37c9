import assert from "node:assert/strict";
import {
  fitConfidenceNorm,
  normalisedConfidence,
} from "../../lib/calibration/normalised_confidence.ts";
import { riskCoverage } from "../../lib/calibration/risk_coverage.ts";
import { logitsOf } from "../../lib/matrix_kinds.ts";
import { stream } from "../../lib/random.ts";
import { assertClose } from "./close.ts";

Deno.test("normalisedConfidence() is the largest centred logit over its p-norm", () => {
  // Centred: 2, 0, -2 and 3, -1, -2.
  const logits = logitsOf([[5, 3, 1], [4, 0, -1]]);
  const [first, second] = normalisedConfidence(logits);
  assertClose(first, 2 / Math.sqrt(8));
  assertClose(second, 3 / Math.sqrt(14));
  assertClose(normalisedConfidence(logits, 1)[1], 3 / 6);
  assertClose(normalisedConfidence(logits, 3)[1], 3 / 36 ** (1 / 3));
});

Deno.test("normalisedConfidence() ignores size and shift of logits", () => {
  const rows = [[1, 0.25, -2], [1e-200, 2.5e-201, -2e-200]];
  const large = rows[0].map((z) => 1e200 * z);
  const shifted = rows[0].map((z) => z + 8);
  const values = normalisedConfidence(logitsOf([...rows, large, shifted]), 8);
  for (const value of values) assertClose(value, values[0]);
});

Deno.test("normalisedConfidence() of equal logits is 0", () => {
  assert.deepEqual(
    normalisedConfidence(logitsOf([[2, 2]])),
    Float64Array.of(0),
  );
});

Deno.test("normalisedConfidence() refuses a norm below 1", () => {
  for (const norm of [0.5, NaN, Infinity]) {
    assert.throws(() => normalisedConfidence(logitsOf([[1, 0]]), norm), /Norm/);
  }
});

Deno.test("fitConfidenceNorm() has the smallest area of the eight norms", () => {
  const { normal, integer } = stream(3, "norm");
  const rows = Array.from(
    { length: 200 },
    () => Array.from({ length: 5 }, () => 3 * normal()),
  );
  const logits = logitsOf(rows);
  const labels = Int32Array.from(
    rows,
    (row) => integer(2) === 0 ? row.indexOf(Math.max(...row)) : integer(5),
  );
  const correct = rows.map((row, i) =>
    row.indexOf(Math.max(...row)) === labels[i] ? 1 : 0
  );
  const area = (norm: number) =>
    riskCoverage(normalisedConfidence(logits, norm), correct).aurc;
  const best = fitConfidenceNorm(logits, labels);
  for (let norm = 1; norm <= 8; norm++) assert(area(best) <= area(norm));
});
