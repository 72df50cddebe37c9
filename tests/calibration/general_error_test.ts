import assert from "node:assert/strict";
import { adaptiveEce } from "../../lib/calibration/adaptive_error.ts";
import { ece, mce } from "../../lib/calibration/calibration_error.ts";
import {
  classwiseEce,
  labelConditionalEce,
} from "../../lib/calibration/classwise_error.ts";
import {
  calibrationError,
  type CalibrationErrorOptions,
} from "../../lib/calibration/general_error.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { probabilitiesOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "./close.ts";
import { EDGES, METRICS_REFERENCE } from "./metrics_reference.ts";
import { labels, probabilities } from "./ten_predictions.ts";

const error = (options: CalibrationErrorOptions) =>
  calibrationError(probabilities, labels, options);

Deno.test("calibrationError() equals netcal, uncertainty-calibration and torch-uncertainty", () => {
  let compared = 0;
  for (const { logits, labels, errors } of METRICS_REFERENCE) {
    for (const { options, error } of errors) {
      const actual = calibrationError(softmax(logits), labels, options);
      // Only torch-uncertainty, in single precision, has the largest gap of equal mass.
      const single = options.binning === "equalMass" && options.norm === "max";
      assertClose(
        actual,
        error,
        single ? 2e-7 : 1e-12,
        JSON.stringify(options),
      );
      compared++;
    }
  }
  assert.equal(compared, 63);
});

Deno.test("calibrationError() has the named errors as special cases", () => {
  for (const bins of [1, 3, 4, 10]) {
    const all: [CalibrationErrorOptions, number][] = [
      [{ bins }, ece(probabilities, labels, bins)],
      [{ bins, norm: "max" }, mce(probabilities, labels, bins)],
      [
        { bins, binning: "equalMass" },
        adaptiveEce(probabilities, labels, bins),
      ],
      [{ bins, of: "classwise" }, classwiseEce(probabilities, labels, bins)],
      [
        { bins, of: "labelConditional" },
        labelConditionalEce(probabilities, labels, bins),
      ],
    ];
    for (const [options, expected] of all) {
      assertClose(error(options), expected, 1e-12, JSON.stringify(options));
    }
  }
});

Deno.test("calibrationError() puts an edge into the bin that is closed there", () => {
  const { bins, confidence, correct, left, right } = EDGES;
  const rows = probabilitiesOf(confidence.map((p) => [p, 1 - p]));
  const classes = Int32Array.from(correct, (hit) => 1 - hit);
  assert.notEqual(left.toFixed(6), right.toFixed(6));
  const by = (closed: "left" | "right") =>
    calibrationError(rows, classes, { bins, closed });
  assertClose(by("left"), left);
  assertClose(by("right"), right);
});

Deno.test("calibrationError() of bins closed left: the last one also contains 1", () => {
  const sure = probabilitiesOf([[1, 0], [0.9, 0.1]]);
  const value = calibrationError(sure, Int32Array.of(0, 1), {
    bins: 2,
    closed: "left",
    norm: "max",
  });
  assertClose(value, 0.45);
});

Deno.test("calibrationError() with norm 2 weights squared gaps by rows", () => {
  // Three bins: gaps (0.6 - 1) / 2, (1.5 - 1) / 3 and (4.2 - 4) / 5.
  const squares = 2 * 0.2 ** 2 + 3 * (0.5 / 3) ** 2 + 5 * 0.04 ** 2;
  assertClose(error({ bins: 3, norm: 2 }), Math.sqrt(squares / 10));
});

Deno.test("calibrationError() subtracts the variance of accuracies, down to 0", () => {
  // The accuracies are 1/2, 1/3 and 4/5.
  const squares = 2 * (0.2 ** 2 - 1 / 4) + 3 * ((0.5 / 3) ** 2 - 2 / 9 / 2) +
    5 * (0.04 ** 2 - 4 / 25 / 4);
  assert(squares < 0);
  assert.equal(error({ bins: 3, norm: 2, debias: true }), 0);
  const wrong = calibrationError(
    probabilitiesOf(Array(4).fill([0.9, 0.1])),
    Int32Array.of(1, 1, 1, 0),
    { bins: 10, norm: 2, debias: true },
  );
  assertClose(wrong, Math.sqrt(0.65 ** 2 - 3 / 16 / 3));
});

Deno.test("calibrationError() of a bin with one row has no variance to subtract", () => {
  const one = probabilitiesOf([[0.9, 0.1]]);
  const options = { bins: 10, norm: 2, debias: true } as const;
  assert.equal(calibrationError(one, Int32Array.of(1), options), 0);
});

Deno.test("calibrationError() leaves out classes without probabilities above the threshold", () => {
  const rows = probabilitiesOf([[0.8, 0.15, 0.05], [0.8, 0.05, 0.15]]);
  const classes = Int32Array.of(0, 1);
  const above = (threshold: number) =>
    calibrationError(rows, classes, { bins: 1, of: "classwise", threshold });
  // Class 0: |1/2 - 0.8|; classes 1 and 2 keep one row each, which are of others.
  assertClose(above(0.1), (0.3 + 0.15 + 0.15) / 3);
  assertClose(above(0.15), 0.3);
  assertClose(above(0), (0.3 + 0.4 + 0.1) / 3);
});

Deno.test("calibrationError() refuses options that do not fit together", () => {
  const refused: [CalibrationErrorOptions, RegExp][] = [
    [{ bins: 0 }, /number of bins/],
    [{ bins: 5, debias: true }, /norm 2 .* norm is 1/],
    [{ bins: 5, threshold: 0.1 }, /only class-wise/],
    [{ bins: 5, of: "classwise", threshold: 1 }, /threshold .* \[0, 1\).* 1$/],
    [{ bins: 5, of: "classwise", threshold: -1 }, /threshold .* -1$/],
  ];
  for (const [options, message] of refused) {
    assert.throws(() => error(options), { name: "BadInput", message });
  }
  const even = probabilitiesOf([[0.5, 0.5]]);
  assert.throws(
    () =>
      calibrationError(even, Int32Array.of(0), {
        bins: 5,
        of: "classwise",
        threshold: 0.5,
      }),
    /no probability exceeds 0.5/,
  );
  assert.throws(
    () => calibrationError(even, Int32Array.of(2), { bins: 5 }),
    /row 0 has 2/,
  );
});
