import assert from "node:assert/strict";
import { CALIBRATORS } from "../../../lib/calibration/calibrators/calibrators.ts";
import { fitCalibrator } from "../../../lib/calibration/calibrators/fit_calibrator.ts";
import { logitsLogLoss } from "../../../lib/calibration/scores.ts";
import { asLogits } from "../../../lib/matrix_kinds.ts";
import { stream } from "../../../lib/random.ts";
import { assertClose } from "../close.ts";
import { REFERENCE } from "../reference.ts";

const [{ validation }] = REFERENCE;
const { logits, labels } = validation;

Deno.test("fitCalibrator() of a calibrator without choices is its fit", () => {
  const { by, parameters, settings, validationLogLoss, problems } =
    fitCalibrator("vector", validation);
  const fit = CALIBRATORS.vector.fit(logits, labels);
  assert.equal(by, "vector");
  assert.deepEqual(parameters, fit.parameters);
  assert.equal(settings, undefined);
  assert.equal(problems, undefined);
  assert.deepEqual(validationLogLoss, {
    uncalibrated: logitsLogLoss(logits, labels),
    calibrated: logitsLogLoss(fit.apply(logits), labels),
  });
});

Deno.test("fitCalibrator() chooses the settings with the smallest held-out log loss", () => {
  const choices = CALIBRATORS.dirichlet.choices!;
  const losses = choices.map((settings) =>
    fitCalibrator("dirichlet", validation, { settings, crossValidate: true })
      .validationLogLoss.heldOut!
  );
  const { settings, validationLogLoss, parameters } = fitCalibrator(
    "dirichlet",
    validation,
  );
  const least = Math.min(...losses);
  assert.deepEqual(settings, choices[losses.indexOf(least)]);
  // The fits of a comparison are less precise.
  assertClose(validationLogLoss.heldOut!, least, 1e-6);
  assert.deepEqual(
    parameters,
    CALIBRATORS.dirichlet.fit(logits, labels, settings).parameters,
  );
});

Deno.test("fitCalibrator(): the seed decides the folds, and nothing else", () => {
  const heldOut = (seed: number) =>
    fitCalibrator("vector", validation, { seed, crossValidate: true });
  assert.deepEqual(
    heldOut(1).validationLogLoss,
    heldOut(1).validationLogLoss,
  );
  assert.notEqual(
    heldOut(1).validationLogLoss.heldOut,
    heldOut(2).validationLogLoss.heldOut,
  );
  assert.deepEqual(heldOut(1).parameters, heldOut(2).parameters);
});

Deno.test("fitCalibrator(): with as many folds as rows, each row is left out once", () => {
  const few = { ...validation, labels: labels.slice(0, 12) };
  const twelve = { data: logits.data.slice(0, 48), rows: 12, columns: 4 };
  const rows = { ...few, logits: { ...logits, ...twelve } };
  const { validationLogLoss } = fitCalibrator("temperature", rows, {
    folds: 12,
    crossValidate: true,
  });
  let total = 0;
  for (let out = 0; out < 12; out++) {
    const keep = (_: number, at: number) => Math.floor(at / 4) !== out;
    const others = {
      ...logits,
      data: twelve.data.filter(keep),
      rows: 11,
    };
    const { apply } = CALIBRATORS.temperature.fit(
      others,
      rows.labels.filter((_, i) => i !== out),
    );
    const one = {
      ...logits,
      data: twelve.data.slice(4 * out, 4 * out + 4),
      rows: 1,
    };
    total += logitsLogLoss(apply(one), rows.labels.slice(out, out + 1));
  }
  assertClose(validationLogLoss.heldOut!, total / 12, 1e-12);
});

Deno.test("fitCalibrator() names the row of a logit of -Infinity, not its number in a fold", () => {
  const data = Float64Array.from(logits.data);
  const row = logits.rows - 1;
  const start = row * logits.columns;
  const { rows, columns } = logits;
  data[start + (labels[row] + 1) % logits.columns] = -Infinity;
  for (const by of ["matrix", "dirichlet", "structured-matrix"] as const) {
    assert.throws(
      () =>
        fitCalibrator(by, {
          logits: asLogits({ data, rows, columns }),
          labels,
        }),
      new RegExp(`-Infinity: row ${row} \\(from 0\\) has one$`),
    );
  }
});

Deno.test("fitCalibrator() reports its progress", () => {
  const seen: [number, number][] = [];
  fitCalibrator("histogram", validation, {
    folds: 3,
    onProgress: (done, all) => seen.push([done, all]),
  });
  assert.deepEqual(seen, [[0, 4], [1, 4], [2, 4], [3, 4]]);
});

Deno.test("fitCalibrator() holds one fold out of more than 2,000,000 scores", () => {
  const random = stream(3, "many");
  const [rows, columns] = [2001, 1000];
  const data = Float32Array.from({ length: rows * columns }, random.normal);
  const labels = Int32Array.from({ length: rows }, (_, i) => i % columns);
  labels.forEach((label, i) => data[columns * i + label] += 4);
  const seen: [number, number][] = [];
  const { validationLogLoss: { heldOut, calibrated } } = fitCalibrator(
    "temperature",
    { logits: asLogits({ data, rows, columns }), labels },
    {
      ...{ folds: 5, crossValidate: true },
      onProgress: (done, all) => seen.push([done, all]),
    },
  );
  assert.deepEqual(seen, [[0, 2], [1, 2]]);
  // The mean over a fifth of the rows, not a fifth of the sum over all.
  assert.ok(heldOut! > 0.8 * calibrated && heldOut! < 1.25 * calibrated);
});

Deno.test("fitCalibrator() refuses fewer rows than folds, and fewer than two folds", () => {
  const options = { crossValidate: true };
  assert.throws(
    () => fitCalibrator("vector", validation, { ...options, folds: 1000 }),
    {
      name: "BadInput",
      message: "Cannot choose settings in 1000 folds of 300 validation rows",
    },
  );
  assert.throws(
    () => fitCalibrator("vector", validation, { ...options, folds: 1 }),
    { name: "BadInput", message: /folds must be a whole number of at least 2/ },
  );
});
