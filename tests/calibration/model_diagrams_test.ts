import assert from "node:assert/strict";
import { reliability, topLabels } from "../../lib/calibration/bins.ts";
import { ece } from "../../lib/calibration/calibration_error.ts";
import { fitCalibrator } from "../../lib/calibration/calibrators/fit_calibrator.ts";
import { modelDiagrams } from "../../lib/calibration/model_diagrams.ts";
import { riskCoverage } from "../../lib/calibration/risk_coverage.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { logitsOf } from "../../lib/matrix_kinds.ts";
import { stream } from "../../lib/random.ts";
import { assertClose } from "./close.ts";
import { REFERENCE } from "./reference.ts";

const { logits, labels, validation } = REFERENCE[0];
const fits = [fitCalibrator("temperature", validation)];

/** Rows of two classes with a confidence, of which the given numbers are right. */
function rowsOf(groups: readonly (readonly [number, number, number])[]) {
  const rows = groups.flatMap(([confidence, right, count]) =>
    Array.from({ length: count }, (_, i) => ({
      logits: [Math.log(confidence / (1 - confidence)), 0],
      label: i < right ? 0 : 1,
    }))
  );
  return {
    model: { logits: logitsOf(rows.map(({ logits }) => logits)), fits: [] },
    labels: Int32Array.from(rows, ({ label }) => label),
  };
}

Deno.test("modelDiagrams() has the binomial interval of each bin's accuracy", async () => {
  // 200 rows at 0.95, 75 % right, and 50 rows at 0.65, 60 % right.
  const { model, labels } = rowsOf([[0.95, 150, 200], [0.65, 30, 50]]);
  const [[{ bins }]] = await modelDiagrams([model], labels, {
    bins: 10,
    resamples: 4000,
  });
  for (const [k, accuracy, count] of [[9, 0.75, 200], [6, 0.6, 50]]) {
    const { accuracyLow, accuracyHigh } = bins[k];
    const half = 1.96 * Math.sqrt(accuracy * (1 - accuracy) / count);
    assertClose(accuracyLow, accuracy - half, 0.012);
    assertClose(accuracyHigh, accuracy + half, 0.012);
  }
});

Deno.test("modelDiagrams() has no band for an empty bin, nor without resamples", async () => {
  const { model, labels } = rowsOf([[0.95, 3, 4]]);
  const settings = { bins: 10, resamples: 50 };
  const [[{ bins }]] = await modelDiagrams([model], labels, settings);
  const banded = bins.filter(({ accuracyLow }) => !Number.isNaN(accuracyLow));
  assert.deepEqual(banded.map(({ count }) => count), [4]);
  const [[none]] = await modelDiagrams([model], labels, {
    ...settings,
    resamples: 0,
  });
  const { accuracy, accuracyLow } = none.bins[9];
  assert.deepEqual([accuracy, accuracyLow], [0.75, NaN]);
  assert.deepEqual([none.confidenceGap.low, none.chanceEce], [NaN, NaN]);
  assertClose(none.confidenceGap.value, 0.2);
});

Deno.test("modelDiagrams() has an interval of mean confidence less accuracy", async () => {
  const { model, labels } = rowsOf([[0.95, 150, 200]]);
  const [[{ confidenceGap }]] = await modelDiagrams([model], labels, {
    bins: 10,
    resamples: 4000,
  });
  assertClose(confidenceGap.value, 0.2);
  const half = 1.96 * Math.sqrt(0.75 * 0.25 / 200);
  assertClose(confidenceGap.low, 0.2 - half, 0.01);
  assertClose(confidenceGap.high, 0.2 + half, 0.01);
});

Deno.test("modelDiagrams() knows the ECE that chance gives a calibrated model", async () => {
  // One bin: |hits / n - 0.8| is within 1.96 standard deviations in 95 of 100 cases.
  const { model, labels } = rowsOf([[0.8, 320, 400]]);
  const [[{ chanceEce }]] = await modelDiagrams([model], labels, {
    bins: 10,
    resamples: 4000,
  });
  assertClose(chanceEce, 1.96 * Math.sqrt(0.8 * 0.2 / 400), 0.002);
});

Deno.test("the ECE of a calibrated model exceeds chanceEce in one of 20 cases", async () => {
  let above = 0;
  const cases = 200;
  for (let c = 0; c < cases; c++) {
    const random = stream(c, "labels");
    const rows = Array.from({ length: 100 }, () => 0.5 + random.uniform() / 2);
    const logits = logitsOf(rows.map((p) => [Math.log(p / (1 - p)), 0]));
    const labels = Int32Array.from(rows, (p) => random.uniform() < p ? 0 : 1);
    const settings = { bins: 5, resamples: 200 };
    const [[{ chanceEce }]] = await modelDiagrams(
      [{ logits, fits: [] }],
      labels,
      settings,
    );
    if (ece(softmax(logits), labels, 5) > chanceEce) above++;
  }
  // Mean 10, standard deviation 3.1; a third of chanceEce's own error comes on top.
  assert(above >= 2 && above <= 20, `${above}`);
});

Deno.test("modelDiagrams() has the bins and the curve of every version", async () => {
  const [[plain, scaled], [alone]] = await modelDiagrams(
    [{ logits, fits }, { logits, fits: [] }],
    labels,
    { bins: 10, resamples: 20, points: 7 },
  );
  assert.deepEqual(alone, plain);
  const probabilities = softmax(fits[0].apply(logits));
  const bins = scaled.bins.map(({ accuracyLow, accuracyHigh, ...bin }) => {
    assert(bin.count === 0 || accuracyLow <= accuracyHigh);
    return bin;
  });
  assert.deepEqual(bins, reliability(probabilities, labels, 10));
  const { confidence, correct } = topLabels(softmax(logits), labels);
  assert.deepEqual(plain.curve, riskCoverage(confidence, correct, 7).curve);
  const again = await modelDiagrams([{ logits, fits }], labels, {
    ...{ bins: 10, resamples: 20, points: 7, seed: 2 },
  });
  assert.notDeepEqual(again[0][0], plain);
});

Deno.test("modelDiagrams() refuses rows and settings that are none", async () => {
  const model = { logits, fits: [] };
  for (
    const [call, message] of [
      [modelDiagrams([model], labels, { bins: 0 }), /number of bins/],
      [
        modelDiagrams([model], labels, { bins: 5, resamples: -1 }),
        /Number of resamples/,
      ],
      [modelDiagrams([model], labels.slice(1), { bins: 5 }), /labels/],
    ] as const
  ) {
    await assert.rejects(call, { name: "BadInput", message });
  }
});
