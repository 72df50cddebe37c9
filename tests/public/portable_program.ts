/**
 * Uses every portable module and stores the results as JSON in
 * `globalThis.answer`. Every JavaScript engine gives the same text.
 */
import {
  bootstrapMetrics,
  conformalMetrics,
  evaluate,
  extendedMetrics,
  fitTemperature,
  reliability,
} from "@ils/label-smoothing/calibration";
import { logitsOf, softmax } from "@ils/label-smoothing/logits";
import { buildTargets } from "@ils/label-smoothing/smoothing";
import { pairedDifference } from "@ils/label-smoothing/statistics";

const logits = logitsOf([[2, 1, 0], [0.5, 2.5, 1], [1, 0, 3], [2, 1.5, 1]]);
const labels = Int32Array.of(0, 1, 2, 1);
const probabilities = softmax(logits);
const targets = buildTargets(
  { name: "ils2", epsilon: 0.1, temperature: 2 },
  { labels, classes: 3, teacher: { logits } },
);

const predictions = { probabilities, labels, logits };
const { models: [intervals] } = await bootstrapMetrics([predictions], {
  bins: 5,
  resamples: 20,
});

Object.assign(globalThis, {
  answer: JSON.stringify({
    metrics: evaluate(probabilities, labels, 5),
    extended: extendedMetrics(predictions, { bins: 5 }),
    // The last digits of cosines differ between engines.
    intervals: Object.entries(intervals).map(([name, { low, high }]) =>
      `${name} ${low.toFixed(12)} ${high.toFixed(12)}`
    ),
    sets: conformalMetrics(predictions, predictions),
    bins: reliability(probabilities, labels, 5),
    temperature: fitTemperature(logits, labels),
    targets: [...targets.data],
    difference: pairedDifference([2, 4, 6], [1, 2, 3]),
  }),
});
