import assert from "node:assert/strict";
import { reliability } from "../../lib/calibration/bins.ts";
import { adaptiveEce } from "../../lib/calibration/adaptive_error.ts";
import { ace, ece, mce } from "../../lib/calibration/calibration_error.ts";
import {
  classwiseEce,
  labelConditionalEce,
} from "../../lib/calibration/classwise_error.ts";
import { evaluate, evaluateLogits } from "../../lib/calibration/evaluate.ts";
import {
  accuracy,
  brier,
  logitsLogLoss,
  logLoss,
} from "../../lib/calibration/scores.ts";
import { fitTemperature } from "../../lib/calibration/calibrators/temperature.ts";
import { matrix, matrixOf } from "../../lib/matrix.ts";
import {
  asProbabilities,
  type Logits,
  logitsOf,
  type Probabilities,
  probabilitiesOf,
} from "../../lib/matrix_kinds.ts";

type Measure = (p: Probabilities, labels: Int32Array, bins: number) => unknown;

const BINNED: Measure[] = [
  reliability,
  ece,
  mce,
  ace,
  classwiseEce,
  labelConditionalEce,
  adaptiveEce,
  evaluate,
];
const OF_PROBABILITIES: Measure[] = [...BINNED, accuracy, brier, logLoss];

/** Rows as a program without type checks may pass them. */
const unchecked = (rows: number[][]) => matrixOf(rows) as Probabilities;

function assertRefused(call: () => unknown, message: string): void {
  assert.throws(call, { name: "BadInput", message });
}

Deno.test("every measure refuses rows that are not distributions", () => {
  const right = Int32Array.of(0, 0);
  for (const measure of OF_PROBABILITIES) {
    assertRefused(
      () => measure(unchecked([[1, 0], [1.25, -0.25]]), right, 10),
      "Cannot measure calibration as probabilities must not be negative: row 1 contains -0.25",
    );
    assertRefused(
      () => measure(unchecked([[1, 0], [0.5, 0.25]]), right, 10),
      "Cannot measure calibration as probabilities must sum to 1: row 1 sums to 0.75",
    );
    assertRefused(
      () => measure(unchecked([[NaN, 1], [1, 0]]), right, 10),
      "Cannot measure calibration as probabilities must sum to 1: row 0 sums to NaN",
    );
  }
});

Deno.test("rows may sum to 1 up to the rounding of half precision", () => {
  const half = probabilitiesOf([[0.6665, 0.3328]]);
  assert.equal(accuracy(half, Int32Array.of(0)), 1);
});

Deno.test("every measure refuses labels that do not match the rows", () => {
  const p = probabilitiesOf([[1, 0], [0, 1]]);
  for (const measure of OF_PROBABILITIES) {
    assertRefused(
      () => measure(p, Int32Array.of(0), 10),
      "Cannot measure calibration as there must be one label per row: 2 rows, 1 labels",
    );
    assertRefused(
      () => measure(p, Int32Array.of(0, 2), 10),
      "Cannot measure calibration as labels must be in [0, 2): row 1 has 2",
    );
    assertRefused(
      () => measure(p, Int32Array.of(-1, 0), 10),
      "Cannot measure calibration as labels must be in [0, 2): row 0 has -1",
    );
  }
});

Deno.test("every measure refuses empty input", () => {
  const none = asProbabilities(matrix(new Float32Array(0), 3));
  for (const measure of OF_PROBABILITIES) {
    assertRefused(
      () => measure(none, new Int32Array(0), 10),
      "Cannot measure calibration as there are no rows",
    );
  }
});

Deno.test("every binned measure refuses an invalid number of bins", () => {
  const p = probabilitiesOf([[1, 0]]);
  for (const measure of BINNED) {
    for (const bins of [0, -1, 2.5, NaN]) {
      assertRefused(
        () => measure(p, Int32Array.of(0), bins),
        `Cannot measure calibration as the number of bins must be a whole number of at least 1: current value is ${bins}`,
      );
    }
    assertRefused(
      () => measure(p, Int32Array.of(0), 1e9),
      "Cannot measure calibration as the number of bins must be in [1, 1000000]: current value is 1000000000",
    );
  }
});

Deno.test("logits must be below infinity, and labels must match them", () => {
  const uses: [string, (logits: Logits, labels: Int32Array) => unknown][] = [
    ["Cannot fit a temperature", fitTemperature],
    ["Cannot compute the log loss", logitsLogLoss],
    ["Cannot evaluate logits", (z, y) => evaluateLogits(z, y, { bins: 10 })],
  ];
  for (const [doing, use] of uses) {
    assertRefused(
      () => use(logitsOf([[0, 1], [0, Infinity]]), Int32Array.of(0, 1)),
      `${doing} as logits must be finite or -Infinity: row 1 contains Infinity`,
    );
    assertRefused(
      () => use(logitsOf([[0, NaN]]), Int32Array.of(0)),
      `${doing} as logits must be finite or -Infinity: row 0 contains NaN`,
    );
    assertRefused(
      () => use(logitsOf([[0, 1], [0, -Infinity]]), Int32Array.of(0, 1)),
      `${doing} as labels must have a probability above 0: row 1 has label 1, ` +
        "whose logit is -Infinity",
    );
    assertRefused(
      () => use(logitsOf([[0, 1]]), Int32Array.of(2)),
      `${doing} as labels must be in [0, 2): row 0 has 2`,
    );
  }
});
