import assert from "node:assert/strict";
import { compareCalibrators } from "../../lib/calibration/compare_calibrators.ts";
import { CALIBRATOR_NAMES } from "../../lib/calibration/calibrators/calibrators.ts";
import type { LabelledLogits } from "../../lib/calibration/labelled_logits.ts";
import { argMax } from "../../lib/matrix.ts";
import { asLogits, logitsOf } from "../../lib/matrix_kinds.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { stream } from "../../lib/random.ts";
import { assertClose } from "./close.ts";

/** Rows whose logits are right but for a factor, and a shift of each class. */
function rows(n: number, seed: number, shift = [0, 0, 0]): LabelledLogits {
  const random = stream(seed, "rows");
  const honest = asLogits({
    data: Float64Array.from({ length: 3 * n }, () => 2 * random.normal()),
    rows: n,
    columns: 3,
  });
  const { data: p } = softmax(honest);
  const labels = Int32Array.from({ length: n }, (_, i) => {
    const u = random.uniform();
    return u < p[3 * i] ? 0 : u < p[3 * i] + p[3 * i + 1] ? 1 : 2;
  });
  const data = honest.data.map((z, at) => 1.7 * z + shift[at % 3]);
  return { logits: asLogits({ data, rows: n, columns: 3 }), labels };
}

const SHIFT = [0, 2, -1];

Deno.test("compareCalibrators(): nothing beats temperature scaling where it is the truth", async () => {
  const { uncalibrated, calibrated, skipped } = await compareCalibrators(
    rows(3000, 1),
    rows(1500, 2),
    { resamples: 500 },
  );
  assert.deepEqual(calibrated.map(({ fit }) => fit.by), [...CALIBRATOR_NAMES]);
  assert.deepEqual(skipped, []);
  for (const one of calibrated) assert.equal(one.beatsTemperature, false);
  assert.ok(uncalibrated.differences.logLoss.low > 0);
  assert.equal(uncalibrated.changed, 0);
});

Deno.test("compareCalibrators(): maps with an intercept beat it where classes are shifted", async () => {
  const test = rows(3000, 1, SHIFT);
  const { calibrated } = await compareCalibrators(test, rows(1500, 2, SHIFT), {
    resamples: 500,
    calibrators: ["vector", "matrix", "logit-norm"],
  });
  assert.deepEqual(
    calibrated.map(({ fit, beatsTemperature }) => [fit.by, beatsTemperature]),
    [
      ["temperature", false],
      ["vector", true],
      ["matrix", true],
      ["logit-norm", false],
    ],
  );
  const [temperature, vector] = calibrated;
  const { accuracy, logLoss } = vector.differences;
  assertClose(
    logLoss.value,
    vector.metrics.logLoss - temperature.metrics.logLoss,
  );
  assert.ok(logLoss.low < logLoss.value && logLoss.value < logLoss.high);
  assert.ok(accuracy.low > 0);
  const after = vector.fit.apply(test.logits);
  const changed =
    test.labels.filter((_, i) => argMax(test.logits, i) !== argMax(after, i))
      .length;
  assert.equal(vector.changed, changed / 3000);
  assert.ok(vector.changed > 0.05);
});

Deno.test("compareCalibrators(): the seed decides the intervals", async () => {
  const compare = async (seed: number) => {
    const { calibrated } = await compareCalibrators(
      rows(200, 1),
      rows(200, 2),
      {
        calibrators: ["vector"],
        resamples: 200,
        seed,
      },
    );
    return calibrated[1].differences;
  };
  assert.deepEqual(await compare(1), await compare(1));
  assert.notDeepEqual(await compare(1), await compare(2));
});

Deno.test("compareCalibrators() never lets a fit with problems beat anything", async () => {
  // Class 3 has no validation row, so the fit of its intercept has no minimum.
  const wider = ({ logits, labels }: LabelledLogits) => ({
    logits: logitsOf(Array.from({ length: logits.rows }, (_, i) => [
      ...logits.data.slice(3 * i, 3 * i + 3),
      -9,
    ])),
    labels,
  });
  const { calibrated: [, vector] } = await compareCalibrators(
    wider(rows(3000, 1, SHIFT)),
    wider(rows(1500, 2, SHIFT)),
    { calibrators: ["vector"], resamples: 500 },
  );
  assert.equal(vector.fit.problems?.[0].kind, "absent class");
  assert.ok(vector.differences.logLoss.high < 0);
  assert.equal(vector.beatsTemperature, false);
});

Deno.test("compareCalibrators() leaves out calibrators that refuse the rows", async () => {
  const { logits, labels } = rows(100, 1);
  const data = logits.data.slice();
  data[(labels[0] + 1) % 3] = -Infinity;
  const holes = { logits: { ...logits, data }, labels };
  const { calibrated, skipped } = await compareCalibrators(rows(50, 2), holes, {
    calibrators: ["vector", "matrix"],
    resamples: 100,
  });
  assert.deepEqual(calibrated.map(({ fit }) => fit.by), [
    "temperature",
    "vector",
  ]);
  assert.deepEqual(skipped, [{
    by: "matrix",
    reason: "Cannot fit matrix scaling as it mixes the classes, so no logit " +
      "may be -Infinity: row 0 (from 0) has one",
  }]);
});

Deno.test("compareCalibrators() goes on without matrices beyond 300 classes", async () => {
  const random = stream(1, "classes");
  const data = Float64Array.from({ length: 20 * 301 }, random.normal);
  const many = {
    logits: asLogits({ data, rows: 20, columns: 301 }),
    labels: Int32Array.from({ length: 20 }, (_, i) => i),
  };
  const { calibrated, skipped } = await compareCalibrators(many, many, {
    calibrators: ["matrix", "structured-matrix", "dirichlet", "logit-norm"],
    resamples: 100,
  });
  assert.deepEqual(calibrated.map(({ fit }) => fit.by), [
    ...["temperature", "logit-norm"],
  ]);
  assert.deepEqual(skipped.map(({ by }) => by), [
    ...["matrix", "structured-matrix", "dirichlet"],
  ]);
  for (const { reason } of skipped) {
    assert.match(
      reason,
      / to more than 300 classes: there are 301; vector scaling takes any number$/,
    );
  }
});

Deno.test("compareCalibrators() counts labels that get probability 0", async () => {
  // In validation, rows below 0.5 are never class 0.
  const validation = {
    logits: logitsOf([[2, 0], [1, 0], [-1, 0], [-2, 0]]),
    labels: Int32Array.of(0, 0, 1, 1),
  };
  const test = {
    logits: logitsOf([[-3, 0], [3, 0]]),
    labels: Int32Array.of(0, 0),
  };
  const { calibrated: [, isotonic] } = await compareCalibrators(
    test,
    validation,
    {
      calibrators: ["isotonic"],
      folds: 2,
      resamples: 100,
    },
  );
  assert.equal(isotonic.impossible, 1);
  assertClose(isotonic.metrics.logLoss, 744.44 / 2, 0.01);
});

Deno.test("compareCalibrators() refuses different numbers of classes", async () => {
  const two = { logits: logitsOf([[1, 0]]), labels: Int32Array.of(0) };
  await assert.rejects(compareCalibrators(two, rows(10, 1)), {
    name: "BadInput",
    message:
      "Cannot calibrate logits as the validation logits must have 2 classes: they have 3",
  });
});
