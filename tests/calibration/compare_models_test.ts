import assert from "node:assert/strict";
import { fitCalibrator } from "../../lib/calibration/calibrators/fit_calibrator.ts";
import { compareModels } from "../../lib/calibration/compare_models.ts";
import { evaluateExtended } from "../../lib/calibration/evaluate_extended.ts";
import { EXTENDED_METRIC_NAMES } from "../../lib/calibration/extended_names.ts";
import { bootstrapMetrics } from "../../lib/calibration/resampling/bootstrap.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { asLogits, logitsOf } from "../../lib/matrix_kinds.ts";
import { REFERENCE } from "./reference.ts";

const { logits, labels, validation } = REFERENCE[0];
const { data, rows, columns } = logits;
const flat = asLogits({ data: data.map((z) => z / 3), rows, columns });
const fits = (["temperature", "vector"] as const)
  .map((by) => fitCalibrator(by, validation));
const settings = { bins: 10, resamples: 100, seed: 2 };

Deno.test("compareModels() evaluates each model as evaluateExtended() does", async () => {
  const { models } = await compareModels(
    [{ logits: flat, fits: [] }, { logits, fits }],
    labels,
    settings,
  );
  assert.deepEqual(models, [
    await evaluateExtended(flat, labels, settings),
    await evaluateExtended(logits, labels, {
      ...settings,
      validation,
      calibrators: ["temperature", "vector"],
    }),
  ]);
});

Deno.test("compareModels() has paired differences of any two versions", async () => {
  const { models, difference } = await compareModels(
    [{ logits, fits }, { logits: flat, fits: [fits[0]] }],
    labels,
    settings,
  );
  const [vector, scaled] = [fits[1].apply(logits), fits[0].apply(flat)];
  const found = difference({ model: 0, version: 2 }, { model: 1, version: 1 });
  const pair = [vector, scaled].map((logits) => (
    { probabilities: softmax(logits), labels, logits }
  ));
  const expected = (await bootstrapMetrics(pair, settings)).difference(0, 1);
  for (const name of EXTENDED_METRIC_NAMES) {
    assert.deepEqual(found[name], {
      value: models[0].calibrated[1].metrics[name] -
        models[1].calibrated[0].metrics[name],
      ...expected[name],
    });
  }
  const narrow = difference(
    { model: 0, version: 2 },
    { model: 1, version: 1 },
    0.5,
  );
  assert(narrow.logLoss.low > found.logLoss.low);
});

Deno.test("compareModels() has differences without intervals without resamples", async () => {
  const { models, difference } = await compareModels(
    [{ logits, fits: [] }, { logits: flat, fits: [] }],
    labels,
    { bins: 10, resamples: 0 },
  );
  assert.deepEqual(models.map(({ intervals }) => intervals), [[], []]);
  const { brier } = difference(
    { model: 1, version: 0 },
    { model: 0, version: 0 },
  );
  const value = models[1].plain.brier - models[0].plain.brier;
  assert.deepEqual(brier, { value, low: NaN, high: NaN });
});

Deno.test("compareModels() refuses logits that are none", async () => {
  const bad = { logits: logitsOf([[NaN, 0]]), fits: [] };
  await assert.rejects(
    compareModels([bad], Int32Array.of(0), { bins: 10 }),
    { name: "BadInput", message: /^Cannot evaluate logits/ },
  );
});
