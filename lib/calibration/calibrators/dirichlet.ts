import type { Logits } from "../../matrix_kinds.ts";
import { checkLogits } from "../check.ts";
import type { Calibrator } from "./calibrator.ts";
import {
  type AffineParameters,
  applyAffine,
  fitAffine,
} from "./parts/affine_fit.ts";
import { affineCode, checkAffine } from "./parts/affine_form.ts";
import { checkFinite } from "./parts/check_finite.ts";
import { divided } from "./parts/divided.ts";
import { describeRange } from "./parts/describe_range.ts";
import { logProbabilities } from "./parts/log_probabilities.ts";
import { ODIR_CHOICES, odirPenalty } from "./parts/odir.ts";
import { findTemperature } from "./temperature_search.ts";

/**
 * Dirichlet calibration: matrix scaling of the log-probabilities,
 * `softmax(W log p + b)`, with off-diagonal and intercept regularisation (ODIR),
 *
 * `log loss + offDiagonal mean_(i != j) w_ij^2 + intercept mean_j b_j^2`.
 *
 * It mixes the classes, so no logit may be -Infinity.
 *
 * @see M. Kull et al., "Beyond temperature scaling: Obtaining well-calibrated
 * multi-class probabilities with Dirichlet calibration", NeurIPS 2019
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * import { dirichletCalibration } from "@ils/label-smoothing/calibration";
 * const rows = [[4, 0], [4, 0], [4, 0], [4, 0], [0, 4], [0, 4]];
 * const labels = Int32Array.of(0, 0, 0, 1, 1, 0);
 * const none = { offDiagonal: 0, intercept: 0 };
 * const { apply } = dirichletCalibration.fit(logitsOf(rows), labels, none);
 * const { data } = softmax(apply(logitsOf([[4, 0], [0, 4]])));
 * strictEqual(data[0].toFixed(4), "0.7500");
 * strictEqual(data[3].toFixed(4), "0.5000");
 * ```
 */
export const dirichletCalibration: Calibrator<AffineParameters> = {
  name: "dirichlet",
  title: "Dirichlet calibration",
  participle: "Dirichlet-calibrated",
  mixesClasses: true,
  choices: ODIR_CHOICES,
  describe: ({ weights }, digits) => describeRange("weights", weights, digits),
  fit(logits, labels, settings = {}) {
    const doing = "Cannot fit Dirichlet calibration";
    checkLogits(doing, logits, labels);
    checkFinite(doing, logits);
    const { offDiagonal, intercept } = odirPenalty(settings, logits.columns);
    // In units of the temperature, where the search starts close to the minimum.
    const { temperature } = findTemperature(logits, labels);
    const rows = divided(logProbabilities(logits), temperature);
    const { problems, weights, intercepts } = fitAffine(doing, rows, labels, {
      offDiagonal: offDiagonal / temperature ** 2,
      intercept,
    });
    const parameters = {
      weights: weights.map((w) => w / temperature),
      intercepts,
    };
    return {
      parameters,
      ...(problems.length > 0 ? { problems } : {}),
      apply: (others) => applyDirichlet(parameters, others),
    };
  },
  apply: applyDirichlet,
  check: checkAffine,
  code: (parameters) => affineCode(parameters, "logSoftmax(z)"),
};

function applyDirichlet(
  parameters: AffineParameters,
  logits: Logits,
): Logits<Float64Array> {
  checkFinite("Cannot apply Dirichlet calibration", logits);
  return applyAffine(parameters, logProbabilities(logits));
}
