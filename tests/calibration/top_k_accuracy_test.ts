import assert from "node:assert/strict";
import { accuracy } from "../../lib/calibration/scores.ts";
import { topKAccuracy } from "../../lib/calibration/top_k_accuracy.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "./close.ts";
import { METRICS_REFERENCE } from "./metrics_reference.ts";
import { labels, probabilities } from "./ten_predictions.ts";

Deno.test("topKAccuracy() equals scikit-learn's", () => {
  for (const { logits, labels, topK } of METRICS_REFERENCE) {
    topK.forEach((expected, i) =>
      assertClose(topKAccuracy(softmax(logits), labels, i + 1), expected)
    );
  }
});

Deno.test("topKAccuracy() is accuracy() for 1, and 1 for all classes", () => {
  assert.equal(
    topKAccuracy(probabilities, labels, 1),
    accuracy(probabilities, labels),
  );
  assert.equal(topKAccuracy(probabilities, labels, 4), 1);
  assert.equal(topKAccuracy(probabilities, labels, 5), 1);
});

Deno.test("topKAccuracy() among equal probabilities counts the first classes", () => {
  const even = probabilitiesOf([[0.25, 0.25, 0.25, 0.25]]);
  assert.equal(topKAccuracy(even, Int32Array.of(1), 2), 1);
  assert.equal(topKAccuracy(even, Int32Array.of(2), 2), 0);
});

Deno.test("topKAccuracy() refuses k below 1 and labels out of range", () => {
  assert.throws(() => topKAccuracy(probabilities, labels, 0), /as k .* 0$/);
  const wrong = labels.slice();
  wrong[3] = 4;
  assert.throws(() => topKAccuracy(probabilities, wrong, 2), /row 3 has 4/);
});
