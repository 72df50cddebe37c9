import assert from "node:assert/strict";
import {
  CALIBRATOR_NAMES,
  CALIBRATORS,
} from "../../../lib/calibration/calibrators/calibrators.ts";
import {
  fitTemperature,
  temperatureScaling,
} from "../../../lib/calibration/calibrators/temperature.ts";
import { evaluate, evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import { logitsLogLoss } from "../../../lib/calibration/scores.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import { REFERENCE } from "../reference.ts";

Deno.test("CALIBRATORS has each calibrator under its name; all return finite logits", () => {
  const { validation, logits } = REFERENCE[0];
  for (const name of CALIBRATOR_NAMES) {
    const calibrator = CALIBRATORS[name];
    assert.equal(calibrator.name, name);
    const fitted = calibrator.fit(validation.logits, validation.labels);
    assert.deepEqual(
      JSON.parse(JSON.stringify(fitted.parameters)),
      fitted.parameters,
    );
    const { data, rows, columns } = fitted.apply(logits);
    assert.deepEqual([rows, columns], [logits.rows, logits.columns]);
    assert(data.every(Number.isFinite));
    assert(calibrator.describe(fitted.parameters, 3).length > 0);
  }
});

Deno.test("temperatureScaling equals division by T to the last bit", () => {
  for (const { logits, labels, validation } of REFERENCE) {
    const { temperature } = fitTemperature(
      validation.logits,
      validation.labels,
    );
    const probabilities = softmax(logits, temperature);
    const { parameters, apply } = temperatureScaling.fit(
      validation.logits,
      validation.labels,
    );
    assert.deepEqual(parameters, { temperature });
    assert.deepEqual(softmax(apply(logits)), probabilities);
    const { calibrated: [scaled] } = evaluateLogits(logits, labels, {
      bins: 10,
      validation,
    });
    assert.deepEqual(scaled.metrics, {
      ...evaluate(probabilities, labels, 10),
      logLoss: logitsLogLoss(logits, labels, temperature),
    });
  }
});

Deno.test("temperatureScaling stays finite for the largest numbers", () => {
  const huge = logitsOf([[Number.MAX_VALUE, -Number.MAX_VALUE]]);
  const { apply } = temperatureScaling.fit(
    logitsOf([[4, 0], [4, 0]]),
    Int32Array.of(0, 0),
  );
  assert.deepEqual([...apply(huge).data], [0, -Number.MAX_VALUE]);
});
