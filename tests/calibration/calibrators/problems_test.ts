/** Fits that should not be trusted say why. */
import assert from "node:assert/strict";
import {
  CALIBRATOR_NAMES,
  type CalibratorName,
  CALIBRATORS,
} from "../../../lib/calibration/calibrators/calibrators.ts";
import { fitCalibrator } from "../../../lib/calibration/calibrators/fit_calibrator.ts";
import { takeRows } from "../../../lib/matrix.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import { stream } from "../../../lib/random.ts";
import { REFERENCE } from "../reference.ts";

function reasonsOf(by: CalibratorName, rows: number[][], labels: number[]) {
  const { problems = [], apply } = CALIBRATORS[by].fit(
    logitsOf(rows),
    Int32Array.from(labels),
  );
  assert.ok(apply(logitsOf(rows)).data.every(Number.isFinite));
  return problems.map(({ kind, reason }) => `${kind}: ${reason}`);
}

/** Rows that are all right, with different margins. */
const RIGHT = [[4, 0, 1], [2, 1, 0], [0, 3, 1], [1, 2, 1.5], [0, 1, 4]];
const RIGHT_LABELS = [0, 0, 1, 1, 2];

for (
  const by of [
    "temperature",
    "temperature-ece",
    "vector",
    "matrix",
    "dirichlet",
    "logit-norm",
  ] as const
) {
  Deno.test(`${by} of rows that are all right has no minimum`, () => {
    const [first] = reasonsOf(by, RIGHT, RIGHT_LABELS);
    assert.match(first, /^no minimum: every validation row is predicted right/);
  });
}

Deno.test("beta leaves a class alone that a threshold separates", () => {
  assert.deepEqual(reasonsOf("beta", RIGHT, RIGHT_LABELS), [
    "no minimum: a threshold separates the classes 0, 1, 2 from all others, so " +
    "the log loss falls without end as their curves grow steeper: its " +
    "probabilities stay as they are",
  ]);
});

/** Some wrong rows, and no row of class 3. */
const random = stream(1, "rows");
const THREE = Array.from(
  { length: 60 },
  () => [0, 0, 0, -1].map((shift) => shift + 2 * random.normal()),
);
const GUESSES = THREE.map(() => random.integer(3));
const THREE_LABELS = THREE.map((row, i) => {
  const known = row.slice(0, 3);
  return i % 3 === 0 ? GUESSES[i] : known.indexOf(Math.max(...known));
});

for (const by of CALIBRATOR_NAMES) {
  Deno.test(`${by} of rows that lack a class says so if that matters`, () => {
    const reasons = reasonsOf(by, THREE, THREE_LABELS);
    const absent: Partial<Record<CalibratorName, string>> = {
      vector: "the log loss falls without end with the intercept",
      beta: "its probabilities stay as they are",
      isotonic: "their probability becomes 0",
      histogram: "their probability becomes 0",
    };
    assert.deepEqual(
      reasons,
      by in absent
        ? [`absent class: no validation row has the label 3: ${absent[by]}`]
        : [],
    );
  });
}

Deno.test("matrix without penalty of rows that lack a class says so", () => {
  const { problems } = CALIBRATORS.matrix.fit(
    logitsOf(THREE),
    Int32Array.from(THREE_LABELS),
    { offDiagonal: 1, intercept: 0 },
  );
  assert.deepEqual(problems?.map(({ kind }) => kind), ["absent class"]);
});

Deno.test("matrix without penalty that separates the rows has no minimum", () => {
  // Wrong, but a rotation of the classes makes all of them right.
  const labels = RIGHT_LABELS.map((label) => (label + 1) % 3);
  const { problems } = CALIBRATORS.matrix.fit(
    logitsOf(RIGHT),
    Int32Array.from(labels),
    { offDiagonal: 0, intercept: 0 },
  );
  assert.match(`${problems?.[0].reason}`, /weights grow/);
});

Deno.test("temperature-ece at the end of its grid says so", () => {
  // Labels at random: log loss wants hardly less than uniform probabilities.
  assert.match(
    reasonsOf("temperature-ece", THREE, GUESSES).join(),
    /bound: the smallest ECE is at the end of the grid, a factor of 4/,
  );
});

Deno.test("many classes without rows are counted, not all listed", () => {
  const logits = logitsOf(
    Array.from({ length: 8 }, (_, i) => Array(9).fill(0).with(i % 2, i)),
  );
  const labels = Int32Array.of(0, 1, 1, 0, 0, 1, 1, 0);
  for (const by of ["vector", "isotonic", "beta"] as const) {
    const { problems = [] } = CALIBRATORS[by].fit(logits, labels);
    const [absent] = problems.filter(({ kind }) => kind === "absent class");
    assert.match(
      absent.reason,
      /^no validation row has the labels 2, 3, 4, 5, 6 and 2 more: /,
    );
  }
});

Deno.test("more than 300 classes are refused where classes mix", () => {
  const logits = logitsOf([[1, ...Array(300).fill(0)]]);
  for (const by of ["matrix", "structured-matrix", "dirichlet"] as const) {
    assert.throws(() => CALIBRATORS[by].fit(logits, Int32Array.of(0)), {
      name: "BadInput",
      message: `Cannot fit ${
        CALIBRATORS[by].title
      } to more than 300 classes: there are 301; vector scaling takes any number`,
    });
  }
});

Deno.test("fitCalibrator() reports a log loss that rises", () => {
  // Few rows, and many bins: curves that fit noise.
  const { validation: { logits, labels } } = REFERENCE[2];
  const few = Int32Array.from({ length: 25 }, (_, i) => i);
  const validation = {
    logits: takeRows(logits, few),
    labels: labels.slice(0, 25),
  };
  const { problems, validationLogLoss } = fitCalibrator(
    "isotonic",
    validation,
    { crossValidate: true },
  );
  assert.ok(validationLogLoss.heldOut! > validationLogLoss.uncalibrated);
  assert.ok(validationLogLoss.calibrated < validationLogLoss.uncalibrated);
  assert.match(
    `${problems?.at(-1)?.reason}`,
    /^the log loss of held-out folds of the validation rows is [\d.]+, higher than [\d.]+ without calibration$/,
  );
});
