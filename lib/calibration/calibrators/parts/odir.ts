import { checkRange } from "../../../bad_input.ts";
import type { CalibratorSettings } from "../calibrator.ts";
import type { AffinePenalty } from "./affine_fit.ts";

/** Strengths of off-diagonal and intercept regularisation to choose from. */
export const ODIR_CHOICES: readonly CalibratorSettings[] = [10, 100, 1000, 1]
  .flatMap((offDiagonal) =>
    [0.01, 1].map((intercept) => ({ offDiagonal, intercept }))
  );

/**
 * The penalty of off-diagonal and intercept regularisation (ODIR): the strengths are
 * factors of means of squares, as in the paper.
 *
 * @param settings `offDiagonal` and `intercept`, each at least 0
 * @throws {BadInput} if they are not
 * @see M. Kull et al., NeurIPS 2019, section 4
 */
export function odirPenalty(
  settings: CalibratorSettings,
  classes: number,
): AffinePenalty {
  const { offDiagonal, intercept } = { ...ODIR_CHOICES[0], ...settings };
  const range = { low: 0, high: Infinity, highOpen: true };
  checkRange("offDiagonal", offDiagonal, range);
  checkRange("intercept", intercept, range);
  return {
    offDiagonal: offDiagonal / (classes * Math.max(1, classes - 1)),
    intercept: intercept / classes,
  };
}
