import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { accuracy, logitsLogLoss } from "../../lib/calibration/scores.ts";
import {
  bayesLogits,
  circlesDataset,
  drawCircles,
  layoutNamed,
  LAYOUTS,
} from "../../lib/synthetic/circles.ts";
import { pointsOf } from "../../lib/matrix_kinds.ts";
import { stream } from "../../lib/random.ts";
import { softmax } from "../../lib/logits/softmax.ts";

Deno.test("bayesLogits() returns the mixture's posterior, as computed by hand", () => {
  const { canonical, different } = LAYOUTS;
  // One circle per class: at (-3, 0) the others are sqrt(13) and sqrt(29) away.
  const near = softmax(bayesLogits(different, pointsOf([[-3, 0]]))).data;
  const sum = 1 + Math.exp(-13 / 2) + Math.exp(-29 / 2);
  assert(Math.abs(near[0] - 1 / sum) < 1e-12);
  const circle = (weight: number, squared: number) =>
    weight * Math.exp(-squared / 2);
  const densities = [
    circle(0.8, 1.25) + circle(0.2, 9.25),
    circle(0.8, 11.25) + circle(0.2, 24.25),
    circle(0.8, 13.25) + circle(0.2, 5),
  ];
  const all = densities.reduce((a, b) => a + b);
  const [p] = softmax(bayesLogits(canonical, pointsOf([[0, 0]]))).data;
  assert(Math.abs(p - densities[0] / all) < 1e-12);
});

Deno.test("bayesLogits() stays finite far from all circles", () => {
  const { data } = bayesLogits(LAYOUTS.canonical, pointsOf([[900, -900]]));
  assert(data.every(Number.isFinite));
});

Deno.test("the canonical layout's Bayes classifier has the published scores", () => {
  const random = stream(1, "test");
  const { points, labels, sparse } = drawCircles(
    LAYOUTS.canonical,
    50_000,
    random,
  );
  const logits = bayesLogits(LAYOUTS.canonical, points);
  // Published: accuracy 0.8198, log loss 0.4444; fitted to within 0.002.
  assert(Math.abs(accuracy(softmax(logits), labels) - 0.8198) < 0.004);
  assert(Math.abs(logitsLogLoss(logits, labels) - 0.4444) < 0.005);
  const share = sparse.reduce((sum, one) => sum + one, 0) / sparse.length;
  assert(Math.abs(share - 0.2) < 0.005);
});

Deno.test("drawCircles() draws around each circle's centre with variance 1", () => {
  const { points, labels, sparse } = drawCircles(
    LAYOUTS.canonical,
    20_000,
    stream(3, "test"),
  );
  const own = [...labels.keys()].filter((i) => labels[i] === 1 && sparse[i]);
  const xs = own.map((i) => points.data[2 * i]);
  const mean = xs.reduce((a, b) => a + b) / xs.length;
  const variance = xs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / xs.length;
  assert(Math.abs(mean - 4.5) < 0.06, String(mean));
  assert(Math.abs(variance - 1) < 0.08, String(variance));
});

Deno.test("circlesDataset() is deterministic, and its parts are independent", () => {
  const sizes = { train: 5, validation: 4, test: 3 };
  const one = circlesDataset(LAYOUTS.canonical, 2, { sizes });
  assert.deepEqual(one, circlesDataset(LAYOUTS.canonical, 2, { sizes }));
  const larger = circlesDataset(LAYOUTS.canonical, 2, {
    sizes: { ...sizes, test: 30 },
  });
  assert.deepEqual(larger.train, one.train);
  assert.notDeepEqual(
    circlesDataset(LAYOUTS.canonical, 3, { sizes }).train.points,
    one.train.points,
  );
  assert.deepEqual([...one.validation.labels], [
    0,
    0,
    0,
    0,
    1,
    1,
    1,
    1,
    2,
    2,
    2,
    2,
  ]);
});

Deno.test("unknown layouts and invalid sizes and numbers are refused", () => {
  const bad = (make: () => unknown, message: RegExp) =>
    assert.throws(
      make,
      (e) => e instanceof BadInput && message.test(e.message),
    );
  bad(() => layoutNamed("round"), /Layout must be one of canonical, second/);
  bad(() => circlesDataset(LAYOUTS.canonical, -1), /Number of a data set/);
  bad(
    () => drawCircles(LAYOUTS.canonical, 0, stream(1, "x")),
    /Points per class must be a whole number of at least 1/,
  );
});
