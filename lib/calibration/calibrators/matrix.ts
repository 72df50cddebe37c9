import type { Calibrator } from "./calibrator.ts";
import type { AffineParameters } from "./parts/affine_fit.ts";
import { odirCalibrator } from "./parts/odir_calibrator.ts";

/**
 * Matrix scaling: `softmax(W z + b)` with the smallest log loss, plus off-diagonal and
 * intercept regularisation (ODIR) of `T W` and b, where T is the fitted temperature. So
 * the size of the logits does not matter. The settings are the strengths `offDiagonal` (10)
 * and `intercept` (0.01); with strengths of 0 it is that of Guo et al.
 *
 * It mixes the classes, so no logit may be -Infinity. The result depends on a number
 * that is added to all logits of a row; give the logits of the network as they are.
 *
 * @see C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section
 * 4.2; M. Kull et al., "Beyond temperature scaling", NeurIPS 2019, for ODIR
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * import { matrixScaling } from "@ils/label-smoothing/calibration";
 * const rows = [[4, 0], [4, 0], [4, 0], [4, 0], [0, 4], [0, 4]];
 * const labels = Int32Array.of(0, 0, 0, 1, 1, 0);
 * const none = { offDiagonal: 0, intercept: 0 };
 * const { apply } = matrixScaling.fit(logitsOf(rows), labels, none);
 * const { data } = softmax(apply(logitsOf([[4, 0], [0, 4]])));
 * strictEqual(data[0].toFixed(4), "0.7500");
 * strictEqual(data[3].toFixed(4), "0.5000");
 * ```
 */
export const matrixScaling: Calibrator<AffineParameters> = odirCalibrator({
  name: "matrix",
  title: "matrix scaling",
  participle: "matrix-scaled",
  input: (logits) => logits,
  inputCode: "z",
  inUnitsOfTemperature: true,
});
