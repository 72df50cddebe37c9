import assert from "node:assert/strict";
import { logitsLogLoss } from "../../../lib/calibration/scores.ts";
import type { LabelledLogits } from "../../../lib/calibration/labelled_logits.ts";
import { fitTemperature } from "../../../lib/calibration/calibrators/temperature.ts";
import { stream } from "../../../lib/random.ts";
import { assertClose } from "../close.ts";
import { REFERENCE } from "../reference.ts";
import { asLogits, logitsOf } from "../../../lib/matrix_kinds.ts";

/** Four rows that all predict class 0; `right` of them are right. */
function four(gap: number, right: number) {
  return {
    logits: logitsOf(Array(4).fill([gap, 0])),
    labels: Int32Array.from({ length: 4 }, (_, i) => i < right ? 0 : 1),
  };
}

Deno.test("fitTemperature() finds the T that gives 3 of 4 probability 3/4", () => {
  for (const gap of [0.1, 1, 4, 20]) {
    const { logits, labels } = four(gap, 3);
    const fit = fitTemperature(logits, labels);
    // 1 / (1 + exp(-gap / T)) = 3/4 where T = gap / ln 3.
    assertClose(fit.temperature, gap / Math.log(3), 1e-12 * gap);
    assertClose(fit.logLoss, -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25));
    assert.equal(fit.atBound, false);
  }
});

Deno.test("fitTemperature() matches SciPy and PyTorch", () => {
  for (const { name, validation, fit } of REFERENCE) {
    const ours = fitTemperature(validation.logits, validation.labels);
    // SciPy and LBFGS agree with each other to about 1e-8.
    assertClose(ours.temperature, fit.temperature, 1e-6, name);
    assertClose(ours.logLoss, fit.logLoss, 1e-12, name);
    assert.equal(ours.atBound, false);
  }
});

Deno.test("fitTemperature() has no smaller loss on either side", () => {
  for (const { validation: { logits, labels } } of REFERENCE) {
    const { temperature, logLoss } = fitTemperature(logits, labels);
    for (const factor of [0.9, 0.99, 0.999, 1.001, 1.01, 1.1]) {
      assert.ok(logitsLogLoss(logits, labels, temperature * factor) > logLoss);
    }
  }
});

Deno.test("fitTemperature() is proportional to the scale of the logits", () => {
  const { validation: { logits, labels } } = REFERENCE[0];
  const twice = { ...logits, data: logits.data.map((z) => 2 * z) };
  assertClose(
    fitTemperature(twice, labels).temperature,
    2 * fitTemperature(logits, labels).temperature,
    1e-11,
  );
});

Deno.test("fitTemperature() recovers the T of simulated labels", () => {
  const random = stream(1, "labels");
  const logits = logitsOf(
    Array.from({ length: 20_000 }, () => [3 * random.normal(), 0]),
  );
  const labels = Int32Array.from(
    { length: logits.rows },
    (_, i) =>
      random.uniform() < 1 / (1 + Math.exp(-logits.data[2 * i] / 2)) ? 0 : 1,
  );
  assertClose(fitTemperature(logits, labels).temperature, 2, 0.1);
});

Deno.test("fitTemperature() finds T = 0.01 for cosine similarities and 12,000 for logits times 10,000", () => {
  const { validation: { logits, labels } } = REFERENCE[0];
  const { temperature, logLoss } = fitTemperature(logits, labels);
  for (const sought of [0.01, 1e-8, 12_000, 1e9]) {
    const factor = sought / temperature;
    const data = logits.data.map((z) => factor * z);
    const fit = fitTemperature({ ...logits, data }, labels);
    assertClose(fit.temperature / sought, 1, 1e-9);
    assertClose(fit.logLoss, logLoss, 1e-12);
    assert.equal(fit.atBound, false);
  }
});

Deno.test("fitTemperature() of many rows finds a minimum far from 1", () => {
  const { validation } = REFERENCE[0];
  const { logits, labels } = repeated(validation, 200);
  const data = logits.data.map((z) => 0.005 * z);
  assertClose(
    fitTemperature({ ...logits, data }, labels).temperature,
    0.005 * fitTemperature(validation.logits, validation.labels).temperature,
    1e-11,
  );
});

Deno.test("fitTemperature() without a minimum is almost certain or almost uniform at any scale", () => {
  for (const gap of [1e-6, 0.1, 1, 100, 1e6]) {
    for (const right of [1, 4]) {
      const { logits, labels } = four(gap, right);
      const { temperature, atBound } = fitTemperature(logits, labels);
      assert.equal(atBound, true);
      const confidence = 1 / (1 + Math.exp(-gap / temperature));
      assert.ok(right === 4 ? confidence > 0.999 : confidence < 0.74);
    }
  }
});

Deno.test("fitTemperature() with one wrong row by a tiny margin has a minimum", () => {
  const rows = [...Array(99).fill([1, 0]), [1e-9, 0]];
  const labels = new Int32Array(100);
  labels[99] = 1;
  const fit = fitTemperature(logitsOf(rows), labels);
  assert.equal(fit.atBound, false);
  assert.ok(fit.temperature < 0.06);
});

Deno.test("fitTemperature() of perfectly separated rows is at the lower bound", () => {
  const { logits, labels } = four(1, 4);
  assert.deepEqual(fitTemperature(logits, labels), {
    temperature: 0.05,
    logLoss: logitsLogLoss(logits, labels, 0.05),
    atBound: true,
  });
});

Deno.test("fitTemperature() is at the lower bound if the loss rounds to 0", () => {
  const { logits, labels } = four(50, 4);
  const fit = fitTemperature(logits, labels);
  assert.deepEqual(fit, { temperature: 0.05, logLoss: 0, atBound: true });
});

Deno.test("fitTemperature() of mostly wrong rows is at the upper bound", () => {
  const { logits, labels } = four(1, 1);
  const fit = fitTemperature(logits, labels);
  assert.equal(fit.temperature, 20);
  assert.equal(fit.atBound, true);
});

Deno.test("fitTemperature() stays within its bounds", () => {
  const bounds = { low: 0.8, high: 3 };
  const inside = four(2, 3);
  const low = four(0.5, 3);
  const high = four(10, 3);
  const fit = (rows: ReturnType<typeof four>) =>
    fitTemperature(rows.logits, rows.labels, bounds);
  assertClose(fit(inside).temperature, 2 / Math.log(3));
  assert.equal(fit(inside).atBound, false);
  assert.equal(fit(low).temperature, 0.8);
  assert.equal(fit(low).atBound, true);
  assert.equal(fit(high).temperature, 3);
  assert.equal(fit(high).atBound, true);
});

Deno.test("fitTemperature() is 1 if no temperature changes the loss", () => {
  const same = logitsOf([[2, 2], [5, 5]]);
  const fit = fitTemperature(same, Int32Array.of(0, 1));
  assert.deepEqual(fit, {
    temperature: 1,
    logLoss: Math.log(2),
    atBound: false,
  });
});

Deno.test("fitTemperature() handles logits of any size", () => {
  for (const scale of [1e-3, 1e3, 1e6]) {
    const { logits, labels } = four(scale, 3);
    const bounds = { low: scale / 100, high: scale * 100 };
    const { temperature } = fitTemperature(logits, labels, bounds);
    assertClose(temperature / scale, 1 / Math.log(3), 1e-11);
  }
});

Deno.test("fitTemperature() handles float32 logits of unequal sharpness", () => {
  // One wrong row with gap 1000, 99 with gap 50: a loss far from a parabola.
  const data = Float32Array.from([1000, 0, ...Array(99).fill([50, 0]).flat()]);
  const labels = new Int32Array(100);
  labels[0] = 1;
  const logits = asLogits({ data, rows: 100, columns: 2 });
  const fit = fitTemperature(logits, labels, { low: 0.05, high: 1000 });
  assert.equal(fit.atBound, false);
  // The derivative is 0: 1000 s(1000/T) = 99 * 50 s(-50/T), with s the sigmoid.
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  assertClose(
    1000 * sigmoid(1000 / fit.temperature),
    99 * 50 * sigmoid(-50 / fit.temperature),
    1e-9,
  );
});

/** The rows of one repetition after another, `times` of them. */
function repeated(
  { logits: { data, rows, columns }, labels }: LabelledLogits,
  times: number,
): LabelledLogits {
  const all = new Float64Array(times * data.length);
  for (let i = 0; i < times; i++) all.set(data, i * data.length);
  return {
    logits: asLogits({ data: all, rows: times * rows, columns }),
    labels: Int32Array.from(
      { length: times * rows },
      (_, i) => labels[i % rows],
    ),
  };
}

Deno.test("fitTemperature() of rows and of their repetitions, which start from a sample, agree", () => {
  for (const { validation } of REFERENCE) {
    const once = fitTemperature(validation.logits, validation.labels);
    const times = Math.ceil(60_000 / validation.labels.length);
    const many = repeated(validation, times);
    const fit = fitTemperature(many.logits, many.labels);
    assertClose(fit.temperature, once.temperature, 1e-12);
    assertClose(fit.logLoss, once.logLoss, 1e-12);
    assert.equal(fit.atBound, false);
  }
});

Deno.test("fitTemperature() finds the minimum if its sample misses the rows that matter", () => {
  const { logits, labels } = repeated(four(0, 4), 15_000);
  // Every sixth row is in the sample.
  logits.data.set([4, 0, 4, 0, 4, 0, 4, 0], 2);
  labels.set([0, 0, 0, 1], 1);
  const fit = fitTemperature(logits, labels);
  assertClose(fit.temperature, 4 / Math.log(3));
  assert.equal(fit.atBound, false);
});

Deno.test("fitTemperature() of many rows ends at a bound as that of few", () => {
  for (const right of [1, 4]) {
    const few = four(1, right);
    const many = repeated(few, 15_000);
    const { temperature, atBound } = fitTemperature(many.logits, many.labels);
    const once = fitTemperature(few.logits, few.labels);
    assert.deepEqual(
      { temperature, atBound },
      { temperature: once.temperature, atBound: true },
    );
  }
});

Deno.test("fitTemperature() refuses invalid bounds", () => {
  const { logits, labels } = four(1, 3);
  assert.throws(() => fitTemperature(logits, labels, { low: 0, high: 3 }), {
    name: "BadInput",
    message:
      "Cannot fit a temperature as the lower bound must be in (0, Infinity]: current value is 0",
  });
  for (const high of [0.8, 0.5, Infinity, NaN]) {
    assert.throws(() => fitTemperature(logits, labels, { low: 0.8, high }), {
      name: "BadInput",
      message:
        `Cannot fit a temperature as the upper bound must be finite and above 0.8: current value is ${high}`,
    });
  }
});
