/** Calibrated probabilities next to those of other libraries. */
import assert from "node:assert/strict";
import {
  CALIBRATOR_NAMES,
  CALIBRATORS,
} from "../../../lib/calibration/calibrators/calibrators.ts";
import type { CalibratorSettings } from "../../../lib/calibration/calibrators/calibrator.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import record from "../../fixtures/calibrators_reference.json" with {
  type: "json",
};

/** Largest accepted difference between probabilities. */
const TOLERANCE: Readonly<Record<string, number>> = {
  temperature: 1e-14,
  "temperature-ece": 1e-14,
  isotonic: 1e-13,
  histogram: 1e-14,
  // Both sides search for a minimum until rounding ends it.
  vector: 3e-8,
  matrix: 5e-8,
  "structured-matrix": 1e-7,
  dirichlet: 5e-8,
  beta: 1e-7,
  "logit-norm": 3e-8,
};

for (const one of record.cases) {
  const validation = logitsOf(one.validation);
  const labels = Int32Array.from(one.validationLabels);
  const logits = logitsOf(one.logits);
  for (const { by, settings, probabilities } of one.fits) {
    const name = `${by} ${JSON.stringify(settings)} of ${one.name} rows`;
    Deno.test(`${name} agrees with the reference`, () => {
      const calibrator = CALIBRATORS[by as keyof typeof CALIBRATORS];
      const fit = calibrator.fit(
        validation,
        labels,
        settings as CalibratorSettings,
      );
      assert.equal(fit.problems, undefined);
      const { data } = softmax(fit.apply(logits));
      const expected = probabilities.flat();
      assert.equal(data.length, expected.length);
      const differences = data.map((p, at) => Math.abs(p - expected[at]));
      const largest = differences.reduce((a, b) => Math.max(a, b));
      assert.ok(largest <= TOLERANCE[by], `${largest}`);
    });
  }
}

Deno.test("every calibrator has a reference", () => {
  const names = new Set(
    record.cases.flatMap(({ fits }) => fits.map(({ by }) => by)),
  );
  assert.deepEqual([...names].sort(), CALIBRATOR_NAMES.toSorted());
});
