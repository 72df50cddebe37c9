import assert from "node:assert/strict";
import { extendedMetrics } from "../../../lib/calibration/extended_metrics.ts";
import { EXTENDED_METRIC_NAMES } from "../../../lib/calibration/extended_names.ts";
import {
  bootstrapMetrics,
  type BootstrapOptions,
} from "../../../lib/calibration/resampling/bootstrap.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { probabilitiesOf } from "../../../lib/matrix_kinds.ts";
import { assertClose } from "../close.ts";
import { METRICS_REFERENCE } from "../metrics_reference.ts";
import * as ten from "../ten_predictions.ts";

const { logits, labels } = METRICS_REFERENCE[0];
const sharp = { probabilities: softmax(logits), labels, logits };
const flat = { probabilities: softmax(logits, 1.9), labels };

const intervals = async (options: Partial<BootstrapOptions> = {}) =>
  (await bootstrapMetrics([sharp], { bins: 10, resamples: 200, ...options }))
    .models[0];

Deno.test("bootstrapMetrics() has an interval around every mean over rows", async () => {
  const found = await intervals({ topK: 2 });
  const metrics = extendedMetrics(sharp, { bins: 10, topK: 2 });
  assert.deepEqual(Object.keys(found), EXTENDED_METRIC_NAMES);
  for (
    const name of [
      ...["accuracy", "logLoss", "brier", "sphericalScore"] as const,
      ...["topKAccuracy", "aurc", "augrc", "confidenceAuroc"] as const,
      ...["logLossRefinement", "brierRefinement"] as const,
    ]
  ) {
    const { low, high } = found[name];
    assert(low < metrics[name] && metrics[name] < high, name);
  }
});

Deno.test("bootstrapMetrics() has the binomial interval of accuracy", async () => {
  const n = labels.length;
  const { accuracy } = extendedMetrics(sharp, { bins: 10 });
  const width = 2 * 1.96 * Math.sqrt(accuracy * (1 - accuracy) / n);
  const { low, high } = (await intervals({ resamples: 2000 })).accuracy;
  assertClose((high - low) / width, 1, 0.06);
  const narrow = (await intervals({ resamples: 2000, level: 0.5 })).accuracy;
  assertClose((narrow.high - narrow.low) / width, 0.6745 / 1.96, 0.06);
});

Deno.test("bootstrapMetrics() depends on the seed alone, not on the other models", async () => {
  const one = await intervals();
  const options = { bins: 10, resamples: 200 };
  const { models } = await bootstrapMetrics([flat, sharp], options);
  assert.deepEqual(models[1], one);
  assert.notDeepEqual((await intervals({ seed: 2 })).logLoss, one.logLoss);
});

Deno.test("bootstrapMetrics() measures differences on the same resamples", async () => {
  const options = { bins: 10, resamples: 500 };
  const found = await bootstrapMetrics([sharp, flat], options);
  const same = found.difference(0, 0);
  assert.deepEqual(same.brier, { low: 0, high: 0 });
  // A temperature keeps every prediction, so no resample tells them apart.
  const difference = found.difference(0, 1);
  assert.deepEqual(difference.accuracy, { low: 0, high: 0 });
  const { low, high } = difference.logLoss;
  const [a, b] = found.models.map(({ logLoss }) => logLoss);
  assert(low > 0, "the flat model is better");
  assert(high - low < (a.high - a.low + b.high - b.low) / 2);
  const reversed = found.difference(1, 0).logLoss;
  assertClose(reversed.low, -high);
  assertClose(reversed.high, -low);
});

Deno.test("bootstrapMetrics() computes the metrics it is asked for, with the same intervals", async () => {
  const metrics = ["brier", "smoothEce"] as const;
  const options = { bins: 10, resamples: 200, metrics };
  const { models: [found], difference } = await bootstrapMetrics(
    [sharp, flat],
    options,
  );
  const { brier, smoothEce } = await intervals();
  assert.deepEqual(found, { brier, smoothEce });
  assert.deepEqual(Object.keys(difference(0, 1)), metrics);
});

Deno.test("bootstrapMetrics() has differences of any level", async () => {
  const metrics = ["brier"] as const;
  const options = { bins: 10, resamples: 500, metrics };
  const { difference } = await bootstrapMetrics([sharp, flat], options);
  const [usual, wide] = [difference(0, 1), difference(0, 1, 0.99)];
  assert.deepEqual(difference(0, 1, 0.95), usual);
  assert(wide.brier.low < usual.brier.low);
  assert(wide.brier.high > usual.brier.high);
  assert.throws(() => difference(0, 1, 0), /Level of intervals/);
});

Deno.test("bootstrapMetrics() reports its progress up to the end", async () => {
  const calls: [number, number][] = [];
  await intervals({
    resamples: 30,
    onProgress: (finished, all) => calls.push([finished, all]),
  });
  assert.deepEqual(calls.at(-1), [30, 30]);
});

Deno.test("bootstrapMetrics() leaves out resamples in which a metric has no value", async () => {
  // Some resamples contain only right rows, and some only wrong ones.
  const few = {
    probabilities: probabilitiesOf([[0.9, 0.1], [0.6, 0.4]]),
    labels: Int32Array.of(0, 1),
  };
  const { models } = await bootstrapMetrics([few], { bins: 10, resamples: 50 });
  assert.deepEqual(models[0].confidenceAuroc, { low: 1, high: 1 });
  const right = { ...few, labels: Int32Array.of(0, 0) };
  const all = await bootstrapMetrics([right], { bins: 10, resamples: 50 });
  assert.deepEqual(all.models[0].confidenceAuroc, { low: NaN, high: NaN });
  assert.deepEqual(all.models[0].accuracy, { low: 1, high: 1 });
});

Deno.test("bootstrapMetrics() has infinite ends for a label with probability 0", async () => {
  const sure = {
    probabilities: probabilitiesOf([[1, 0], [1, 0], [0.6, 0.4]]),
    labels: Int32Array.of(0, 1, 0),
  };
  const options = { bins: 10, resamples: 200 };
  const { models: [{ logLoss }] } = await bootstrapMetrics([sure], options);
  assert(Number.isFinite(logLoss.low));
  assert.equal(logLoss.high, Infinity);
});

Deno.test("bootstrapMetrics() refuses wrong numbers and models of different rows", async () => {
  const refused: [Promise<unknown>, RegExp][] = [
    [bootstrapMetrics([], { bins: 5 }), /there is no model/],
    [intervals({ resamples: 0 }), /Number of resamples/],
    [intervals({ level: 1 }), /Level of intervals .*\(0, 1\)/],
    [intervals({ bins: 0 }), /number of bins/],
    [bootstrapMetrics([sharp, ten], { bins: 5 }), /they have 300 and 10/],
    [
      bootstrapMetrics([
        sharp,
        {
          ...sharp,
          labels: labels.map((label, i) => i === 7 ? 3 - label : label),
        },
      ], { bins: 5 }),
      /same labels: row 7/,
    ],
  ];
  for (const [call, message] of refused) {
    await assert.rejects(call, { name: "BadInput", message });
  }
});
