import { checkRange } from "../../bad_input.ts";
import { asLogits, type Logits } from "../../matrix_kinds.ts";
import { softmax } from "../../logits/softmax.ts";
import { checkLogits } from "../check.ts";
import type { Calibrator } from "./calibrator.ts";
import {
  type AffineParameters,
  applyAffine,
  checkClassCount,
  fitAffine,
} from "./parts/affine_fit.ts";
import { affineCode, affineRules } from "./parts/affine_form.ts";
import { checkFinite } from "./parts/check_finite.ts";
import { checkParameters } from "./parts/check_parameters.ts";
import { describeRange } from "./parts/describe_range.ts";
import { TEMPERATURE_RULES } from "./temperature.ts";
import { findTemperature } from "./temperature_search.ts";
import { foundProblems } from "./parts/problems.ts";

/** The numbers that structured matrix scaling fits. */
export type StructuredMatrixParameters = AffineParameters & {
  /** Temperature of the first step. */
  readonly temperature: number;
  /** Share of the uniform distribution in the probabilities of the first step. */
  readonly uniform: number;
};

/**
 * Structured matrix scaling (SMS): matrix scaling on top of temperature scaling, with a
 * penalty on every difference from temperature scaling that falls with the number of
 * rows, so that there is nothing to choose:
 *
 * `softmax(W log q + b)`, `q = (1 - u) softmax(z / T) + u / k`, `u = 1 / (n + 1)`,
 *
 * `log loss + strength / n (k sum_i (w_ii - 1)^2 + k (k - 1) sum_(i != j) w_ij^2 +
 * k sum_j b_j^2)`
 *
 * for n rows and k classes, as in probmetrics 1.3. It mixes the classes, so no logit
 * may be -Infinity.
 *
 * @see E. Berta, D. Holzmueller, M. I. Jordan and F. Bach, "Structured Matrix Scaling
 * for Multi-Class Calibration", AISTATS 2026
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * import { structuredMatrixScaling } from "@ils/label-smoothing/calibration";
 * const rows = [[4, 0], [4, 0], [4, 0], [4, 0], [0, 4], [0, 4]];
 * const labels = Int32Array.of(0, 0, 0, 1, 1, 0);
 * const { apply } = structuredMatrixScaling.fit(logitsOf(rows), labels);
 * const { data } = softmax(apply(logitsOf([[4, 0]])));
 * // Between 2/3, the accuracy of all rows, and 3/4, that of such rows.
 * ok(data[0] > 2 / 3 && data[0] < 3 / 4);
 * ```
 */
export const structuredMatrixScaling: Calibrator<StructuredMatrixParameters> = {
  name: "structured-matrix",
  title: "structured matrix scaling",
  participle: "structured matrix-scaled",
  mixesClasses: true,
  describe: ({ weights }, digits) => describeRange("weights", weights, digits),
  fit(logits, labels, { strength = 1 } = {}) {
    const doing = "Cannot fit structured matrix scaling";
    checkLogits(doing, logits, labels);
    checkFinite(doing, logits);
    checkClassCount(doing, logits.columns);
    checkRange("strength", strength, { low: 0, high: Infinity, lowOpen: true });
    const { rows: n, columns: k } = logits;
    const { temperature } = findTemperature(logits, labels);
    const first = { temperature, uniform: 1 / (n + 1) };
    const penalty = {
      diagonal: strength * k / n,
      offDiagonal: strength * k * (k - 1) / n,
      intercept: strength * k / n,
    };
    const x = firstStep(first, logits);
    const { problems, ...affine } = fitAffine({ x, labels }, penalty);
    const parameters = { ...first, ...affine };
    return {
      parameters,
      ...foundProblems(problems),
      apply: (others) => applyStructured(parameters, others),
    };
  },
  apply: applyStructured,
  check: (parameters, classes) =>
    checkParameters(parameters, {
      ...affineRules(classes),
      ...TEMPERATURE_RULES,
      uniform: { least: 0, above: true, most: 1 },
    }),
  code: ({ temperature, uniform, ...affine }) =>
    affineCode(
      affine,
      `logSoftmax(z.map((x) => x / ${temperature}))
  .map((log) => Math.log(${
        1 - uniform
      } * Math.exp(log) + ${uniform} / z.length))`,
    ),
};

/** `log((1 - u) softmax(z / T) + u / k)` of each row. */
function firstStep(
  { temperature, uniform }: Pick<
    StructuredMatrixParameters,
    "temperature" | "uniform"
  >,
  logits: Logits,
): Logits<Float64Array> {
  const { data, rows, columns } = softmax(logits, temperature);
  const floor = uniform / columns;
  const logs = data.map((p) => Math.log((1 - uniform) * p + floor));
  return asLogits({ data: logs, rows, columns });
}

function applyStructured(
  parameters: StructuredMatrixParameters,
  logits: Logits,
): Logits<Float64Array> {
  checkFinite("Cannot apply structured matrix scaling", logits);
  return applyAffine(parameters, firstStep(parameters, logits));
}
