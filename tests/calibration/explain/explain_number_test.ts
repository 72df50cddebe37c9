import assert from "node:assert/strict";
import { classwiseEce } from "../../../lib/calibration/classwise_error.ts";
import { evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import {
  explainNumber,
  type ExplainOptions,
} from "../../../lib/calibration/explain/explain_number.ts";
import type { ExplainedValue } from "../../../lib/calibration/explain/explained_value.ts";
import { calibrationError } from "../../../lib/calibration/general_error.ts";
import { smoothEce } from "../../../lib/calibration/smooth/smooth_ece.ts";
import { brier } from "../../../lib/calibration/scores.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import { REFERENCE } from "../reference.ts";

const [{ logits, labels, validation }] = REFERENCE;
const ROWS = { logits, labels };
const PROBABILITIES = softmax(logits);

/** The convention with these settings that is closest to a number. */
function find(
  value: number,
  settings: Record<string, unknown>,
  options: ExplainOptions = {},
): ExplainedValue {
  const { closest } = explainNumber(ROWS, value.toFixed(9), {
    ...options,
    limit: 20,
  });
  const found = closest.find((one) =>
    Object.entries(settings).every(([key, value]) =>
      one.settings[key] === value
    )
  );
  assert.ok(found, `${JSON.stringify(settings)} is not among the closest`);
  return found;
}

Deno.test("the usual definition is the likeliest for each metric of evaluateLogits()", () => {
  const { plain } = evaluateLogits(logits, labels, { bins: 15 });
  const usual = {
    accuracy: "accuracy",
    logLoss: "log loss, not clipped",
    brier: "Brier score, sum over classes",
    ece: "ECE, 15 bins (low, high]",
    mce: "MCE, 15 bins (low, high]",
    ace: "ACE (mean over filled bins), 15 bins (low, high]",
    classwiseEce: "class-wise ECE, mean over classes, 15 bins (low, high]",
    adaptiveEce: "ECE, 15 bins of equal count",
    labelConditionalEce:
      "label-conditional ECE, mean over classes, 15 bins (low, high]",
    aurc: "AURC",
    augrc: "AUGRC",
  } as const;
  for (const [name, convention] of Object.entries(usual)) {
    const value = plain[name as keyof typeof usual];
    const { likeliest } = explainNumber(ROWS, value.toFixed(9));
    assert.equal(likeliest?.convention, convention);
    assert.equal(likeliest.percent, false);
    assert.ok(Math.abs(likeliest.value - value) < 1e-12, name);
  }
});

Deno.test("explainNumber() knows the sum, half and mean of a Brier score, and its root", () => {
  const sum = brier(PROBABILITIES, labels);
  const cases = [
    [sum / logits.columns, { metric: "brier", classes: "mean" }],
    [sum / 2, { metric: "brier", classes: "half" }],
    [Math.sqrt(sum), { metric: "rootBrier", classes: "sum" }],
  ] as const;
  for (const [value, settings] of cases) {
    assert.ok(Math.abs(find(value, settings).value - value) < 1e-12);
  }
});

Deno.test("explainNumber() names the limit of probabilities and the logarithm's base", () => {
  // The second label has probability exp(-30).
  const rows = {
    logits: logitsOf([[Math.log(3), 0], [0, 30]]),
    labels: Int32Array.of(0, 0),
  };
  const clipped = (limit: number) => -(Math.log(0.75) + Math.log(limit)) / 2;
  const cases = [
    [clipped(1e-7), "log loss, probabilities clipped at 1e-7 (Keras)"],
    [
      clipped(2 ** -23),
      "log loss, probabilities clipped at 1.19e-7 (float32 epsilon)",
    ],
    [clipped(Math.exp(-30)) / Math.LN2, "log loss, not clipped, in bits"],
    [
      -(Math.log(0.75 + 1e-8) + Math.log(Math.exp(-30) + 1e-8)) / 2,
      "log loss, 1e-8 added to probabilities",
    ],
  ] as const;
  for (const [value, convention] of cases) {
    const { likeliest } = explainNumber(rows, value.toFixed(8));
    assert.equal(likeliest?.convention, convention);
  }
});

Deno.test("linspace(0, 1, n) is named where it makes one bin fewer", () => {
  const value = calibrationError(PROBABILITIES, labels, {
    ...{ bins: 14, of: "classwise", classes: "sum" },
  });
  const { likeliest } = explainNumber(ROWS, value.toFixed(9));
  assert.equal(
    likeliest?.convention,
    "class-wise ECE, sum over classes, 14 bins (low, high], as linspace(0, 1, 15) cuts",
  );
  assert.equal(likeliest.settings.linspace, 15);
});

Deno.test("a probability of exactly 1 may have a bin of its own", () => {
  // Right at 1; of two rows at about 0.97, one is wrong.
  const row = [Math.log(32), 0];
  const rows = {
    logits: logitsOf([row, row, [800, 0]]),
    labels: Int32Array.of(0, 1, 0),
  };
  const gap = 32 / 33 - 1 / 2;
  // In one bin the gap is that of the sums: (64/33 + 1 - 2) / 3.
  const { likeliest: together } = explainNumber(
    rows,
    ((64 / 33 - 1) / 3).toFixed(9),
  );
  assert.equal(together?.convention, "ECE, 15 bins (low, high]");
  const { closest } = explainNumber(rows, gap.toFixed(9));
  const apart = closest[0];
  assert.ok(
    [apart.convention, ...apart.sameAs].includes(
      "MCE, 15 bins [low, high) with another for exactly 1",
    ),
  );
});

Deno.test("explainNumber() reads a number as a fraction and in per cent", () => {
  const { ece } = evaluateLogits(logits, labels, { bins: 15 }).plain;
  const percent = (100 * ece).toFixed(7);
  const [plain, signed] = [percent, `${percent}%`]
    .map((text) => explainNumber(ROWS, text));
  assert.equal(plain.likeliest?.convention, "ECE, 15 bins (low, high]");
  assert.equal(plain.likeliest.percent, true);
  assert.deepEqual(signed.likeliest, plain.likeliest);
  assert.ok(signed.closest.every(({ percent }) => percent));
});

Deno.test("explainNumber() tries calibrated rows too, and names the calibrator", () => {
  const { calibrated } = evaluateLogits(logits, labels, {
    ...{ bins: 10, validation, calibrators: ["temperature", "vector"] },
  });
  for (const { by, metrics } of calibrated) {
    const { likeliest } = explainNumber(ROWS, metrics.logLoss.toFixed(9), {
      ...{ validation, calibrators: ["temperature", "vector"] },
    });
    assert.equal(likeliest?.by, by);
    assert.equal(likeliest.convention, "log loss, not clipped");
  }
});

Deno.test("the closest values come first, and say whether they agree", () => {
  const { closest, agreeing, likeliest, tolerance } = explainNumber(
    ROWS,
    "0.0500",
    { limit: 50 },
  );
  assert.equal(tolerance, 0.00005);
  const distances = closest.map(({ difference }) => Math.abs(difference));
  assert.deepEqual(distances, distances.toSorted((a, b) => a - b));
  for (const { value, difference, agrees } of closest) {
    assert.equal(difference, value - 0.05);
    assert.equal(agrees, Math.abs(difference) <= tolerance);
  }
  assert.equal(closest.filter(({ agrees }) => agrees).length, agreeing);
  assert.equal(likeliest === undefined, agreeing === 0);
});

Deno.test("a number that no convention yields has no likeliest explanation", () => {
  const { agreeing, likeliest, closest } = explainNumber(ROWS, "123456.5");
  assert.equal(agreeing, 0);
  assert.equal(likeliest, undefined);
  assert.equal(closest.length, 10);
  assert.ok(closest.every(({ digits }) => digits === 0));
});

Deno.test("few digits agree by chance, many do not", () => {
  const value = smoothEce(PROBABILITIES, labels);
  const [few, many] = [2, 9]
    .map((digits) => explainNumber(ROWS, value.toFixed(digits)));
  assert.ok(few.byChance > 1, `${few.byChance}`);
  assert.ok(many.byChance < 0.2, `${many.byChance}`);
  assert.equal(many.likeliest?.convention, "smooth ECE");
});

Deno.test("further numbers of bins are tried when they are given", () => {
  const value = classwiseEce(PROBABILITIES, labels, 7);
  const { likeliest } = explainNumber(ROWS, value.toFixed(9), { bins: [7] });
  assert.equal(
    likeliest?.convention,
    "class-wise ECE, mean over classes, 7 bins (low, high]",
  );
});

Deno.test("explainNumber() takes masked classes, and refuses a label among them", () => {
  const rows = {
    logits: logitsOf([[1, 0, -Infinity], [0, 2, -Infinity]]),
    labels: Int32Array.of(0, 0),
  };
  const { plain } = evaluateLogits(rows.logits, rows.labels, { bins: 10 });
  const { likeliest } = explainNumber(rows, plain.logLoss.toFixed(9));
  assert.equal(likeliest?.convention, "log loss, not clipped");
  assert.throws(
    () => explainNumber({ ...rows, labels: Int32Array.of(2, 0) }, "0.1"),
    {
      name: "BadInput",
      message: /row 0 has label 2, whose logit is -Infinity/,
    },
  );
});

Deno.test("explainNumber() refuses calibrators without validation rows, and wrong options", () => {
  const wrong: [ExplainOptions, RegExp][] = [
    [{ calibrators: ["vector"] }, /without validation rows/],
    [{ bins: [0] }, /number of bins must be a whole number/],
    [{ limit: 0 }, /limit must be a whole number of at least 1/],
  ];
  for (const [options, message] of wrong) {
    assert.throws(() => explainNumber(ROWS, "0.1", options), {
      ...{ name: "BadInput", message },
    });
  }
  assert.throws(() => explainNumber(ROWS, "about 0.1"), {
    ...{ name: "BadInput", message: /^The published number must be/ },
  });
});
