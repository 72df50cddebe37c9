import assert from "node:assert/strict";
import { evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import { evaluationJson } from "../../../lib/cli/terminal/evaluation_json.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";

const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
const labels = Int32Array.of(0, 0, 0, 1);
const validation = { logits, labels };

Deno.test("evaluationJson() puts temperature scaling after the metrics, at top level", () => {
  const { plain, calibrated: [fit] } = evaluateLogits(logits, labels, {
    bins: 10,
    validation,
  });
  const json = evaluationJson({ plain, calibrated: [fit] });
  assert.deepEqual(Object.keys(json), [
    ...Object.keys(plain),
    ...["temperature", "temperatureAtBound", "scaled"],
  ]);
  assert.deepEqual(json, {
    ...plain,
    temperature: fit.parameters.temperature,
    temperatureAtBound: false,
    scaled: fit.metrics,
  });
});

Deno.test("evaluationJson() has only the metrics without a fitted calibrator", () => {
  const evaluation = evaluateLogits(logits, labels, { bins: 10 });
  assert.deepEqual(evaluationJson(evaluation), evaluation.plain);
});

Deno.test("evaluationJson() lists other calibrators under calibrated", () => {
  const { plain, calibrated: [fit] } = evaluateLogits(logits, labels, {
    bins: 10,
    validation,
  });
  const other = { ...fit, by: "other" as typeof fit.by };
  assert.deepEqual(evaluationJson({ plain, calibrated: [other] }), {
    ...plain,
    calibrated: [other],
  });
});
