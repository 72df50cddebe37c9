import type { Calibrator } from "./calibrator.ts";
import type { AffineParameters } from "./parts/affine_fit.ts";
import { logProbabilities } from "./parts/log_probabilities.ts";
import { odirCalibrator } from "./parts/odir_calibrator.ts";

/**
 * Dirichlet calibration: matrix scaling of the log-probabilities,
 * `softmax(W log p + b)`, with off-diagonal and intercept regularisation (ODIR),
 *
 * `log loss + offDiagonal mean_(i != j) w_ij^2 + intercept mean_j b_j^2`.
 *
 * The settings are the strengths `offDiagonal` (10) and `intercept` (0.01). It mixes the
 * classes, so no logit may be -Infinity.
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
export const dirichletCalibration: Calibrator<AffineParameters> =
  odirCalibrator({
    name: "dirichlet",
    title: "Dirichlet calibration",
    participle: "Dirichlet-calibrated",
    input: logProbabilities,
    inputCode: "logSoftmax(z)",
    inUnitsOfTemperature: false,
  });
