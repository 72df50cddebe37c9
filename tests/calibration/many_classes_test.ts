import assert from "node:assert/strict";
import { evaluate, evaluateLogits } from "../../lib/calibration/evaluate.ts";
import { matrix } from "../../lib/matrix.ts";
import { asLogits, probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "./close.ts";

const CLASSES = 100;

/** Half for the row's own class, the rest even; the label is right in one. */
function rows(): { probabilities: number[][]; labels: Int32Array } {
  const rest = 0.5 / (CLASSES - 1);
  const probabilities = [10, 98].map((own) =>
    Array.from({ length: CLASSES }, (_, k) => k === own ? 0.5 : rest)
  );
  return { probabilities, labels: Int32Array.of(10, 99) };
}

Deno.test("evaluate() includes each of a hundred classes", () => {
  const { probabilities, labels } = rows();
  const found = evaluate(probabilitiesOf(probabilities), labels, 10);
  const rest = 0.5 / 99;
  assert.equal(found.classes, CLASSES);
  assert.equal(found.accuracy, 0.5);
  assertClose(found.logLoss, -(Math.log(0.5) + Math.log(rest)) / 2);
  // Right: (1 - .5)^2 and 99 rests; wrong: .5^2, (1 - rest)^2 and 98 rests.
  const right = 0.25 + 99 * rest ** 2;
  const wrong = 0.25 + (1 - rest) ** 2 + 98 * rest ** 2;
  assertClose(found.brier, (right + wrong) / 2);
});

Deno.test("evaluateLogits() takes the number of classes from the logits", () => {
  for (const classes of [2, 33, CLASSES]) {
    const logits = asLogits(matrix(new Float32Array(2 * classes), classes));
    const { plain: { classes: found, logLoss } } = evaluateLogits(
      logits,
      Int32Array.of(0, classes - 1),
      { bins: 10 },
    );
    assert.equal(found, classes);
    assertClose(logLoss, Math.log(classes));
  }
});

Deno.test("evaluate() passes its bins to every binned error", () => {
  // Confidences .55 and .65 share one of two bins, but not one of ten; in a shared
  // bin, their gaps .45 and -.65 cancel in part.
  const p = probabilitiesOf([[0.55, 0.45], [0.65, 0.35]]);
  const labels = Int32Array.of(0, 1);
  const [two, ten] = [2, 10].map((bins) => evaluate(p, labels, bins));
  assertClose(two.ece, Math.abs(1 - 1.2) / 2);
  assertClose(ten.ece, (0.45 + 0.65) / 2);
  for (const error of ["ece", "mce", "ace", "classwiseEce"] as const) {
    assert.notEqual(two[error], ten[error], error);
  }
  // Three rows of one label: 1, 0 and 1 right.
  const three = probabilitiesOf([[0.6, 0.4], [0.2, 0.8], [0.9, 0.1]]);
  const same = Int32Array.of(0, 0, 0);
  const [one, twenty] = [1, 20].map((bins) =>
    evaluate(three, same, bins).labelConditionalEce
  );
  assertClose(one, Math.abs(2 - 2.3) / 3);
  assertClose(twenty, (0.4 + 0.8 + 0.1) / 3);
});
