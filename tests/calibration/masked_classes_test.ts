/** A class at -Infinity is a class that cannot occur. */
import assert from "node:assert/strict";
import { temperatureScaling } from "../../lib/calibration/calibrators/temperature.ts";
import { evaluateLogits } from "../../lib/calibration/evaluate.ts";
import {
  fitConfidenceNorm,
  normalisedConfidence,
} from "../../lib/calibration/normalised_confidence.ts";
import { type Logits, logitsOf } from "../../lib/matrix_kinds.ts";

const ROWS = [[2, 1, 0], [0, 3, 1], [1, 0, 0.5], [3, 0, 1]];
const LABELS = Int32Array.of(0, 1, 2, 1);

/** The rows with further classes at some logit. */
function withMasked(value: number): Logits {
  return logitsOf(ROWS.map((row) => [...row, value, value]));
}

Deno.test("evaluateLogits(): classes at -Infinity are as classes at -1e6", () => {
  const evaluated = [-Infinity, -1e6].map((value) => {
    const logits = withMasked(value);
    const validation = { logits, labels: LABELS };
    return evaluateLogits(logits, LABELS, { bins: 5, validation });
  });
  assert.deepEqual(evaluated[0], evaluated[1]);
  assert(Number.isFinite(evaluated[0].plain.logLoss));
});

Deno.test("temperatureScaling leaves -Infinity where it is", () => {
  const { parameters, apply } = temperatureScaling.fit(
    withMasked(-Infinity),
    LABELS,
  );
  const bare = temperatureScaling.fit(logitsOf(ROWS), LABELS);
  assert.deepEqual(parameters, bare.parameters);
  const { data } = apply(withMasked(-Infinity));
  assert.deepEqual([...data.slice(3, 5)], [-Infinity, -Infinity]);
});

Deno.test("normalisedConfidence() counts a class at -Infinity as no class", () => {
  assert.deepEqual(
    normalisedConfidence(withMasked(-Infinity)),
    normalisedConfidence(logitsOf(ROWS)),
  );
  assert.equal(
    fitConfidenceNorm(withMasked(-Infinity), LABELS),
    fitConfidenceNorm(logitsOf(ROWS), LABELS),
  );
  assert.deepEqual(
    [...normalisedConfidence(logitsOf([[1, -Infinity]]))],
    [1],
  );
});
