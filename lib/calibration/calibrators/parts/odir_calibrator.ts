import { checkRange } from "../../../bad_input.ts";
import type { Logits } from "../../../matrix_kinds.ts";
import { checkLogits } from "../../check.ts";
import type { Calibrator, CalibratorSettings } from "../calibrator.ts";
import { findTemperature } from "../temperature_search.ts";
import {
  type AffineParameters,
  type AffinePenalty,
  type AffineRows,
  applyAffine,
  checkClassCount,
  fitAffine,
  fitAffineEach,
} from "./affine_fit.ts";
import { affineCode, checkAffine } from "./affine_form.ts";
import { checkFinite } from "./check_finite.ts";
import { describeRange } from "./describe_range.ts";
import { divided } from "./divided.ts";
import { foundProblems } from "./problems.ts";

/** From almost temperature scaling to almost no penalty. */
const CHOICES: readonly CalibratorSettings[] = [
  { offDiagonal: 1000, intercept: 1 },
  ...[1000, 100, 10, 1].map((offDiagonal) => ({
    offDiagonal,
    intercept: 0.01,
  })),
];

/** How a calibrator with off-diagonal and intercept regularisation differs from others. */
export interface OdirForm
  extends Pick<Calibrator, "name" | "title" | "participle"> {
  /** What the map is applied to. */
  input(logits: Logits): Logits;
  /** The same as source text, an expression in `z`. */
  readonly inputCode: string;
  /** Whether weights are penalised in units of the fitted temperature. */
  readonly inUnitsOfTemperature: boolean;
}

/**
 * An affine map with off-diagonal and intercept regularisation (ODIR): the strengths
 * `offDiagonal` (10) and `intercept` (0.01), each at least 0, are factors of the means of
 * squares, as in the paper.
 *
 * @see M. Kull et al., NeurIPS 2019, section 4
 */
export function odirCalibrator(form: OdirForm): Calibrator<AffineParameters> {
  const { input, inputCode, inUnitsOfTemperature, ...names } = form;
  const doing = `Cannot fit ${names.title}`;
  const apply = (parameters: AffineParameters, logits: Logits) => {
    checkFinite(`Cannot apply ${names.title}`, logits);
    return applyAffine(parameters, input(logits));
  };
  const prepare = (logits: Logits, labels: Int32Array) => {
    checkLogits(doing, logits, labels);
    checkFinite(doing, logits);
    checkClassCount(doing, logits.columns);
    // In units of the temperature the search starts close to the minimum.
    const { temperature } = findTemperature(logits, labels);
    const unit = inUnitsOfTemperature ? 1 : temperature;
    const rows: AffineRows = {
      x: divided(input(logits), temperature),
      labels,
    };
    const penaltyOf = (settings: CalibratorSettings) =>
      odirPenalty(settings, logits.columns, unit);
    const scaledBack = ({ weights, intercepts }: AffineParameters) => ({
      weights: weights.map((w) => w / temperature),
      intercepts,
    });
    return { rows, penaltyOf, scaledBack };
  };
  return {
    ...names,
    mixesClasses: true,
    choices: CHOICES,
    describe: ({ weights }, digits) =>
      describeRange("weights", weights, digits),
    fit(logits, labels, settings = {}) {
      const { rows, penaltyOf, scaledBack } = prepare(logits, labels);
      const { problems, ...affine } = fitAffine(rows, penaltyOf(settings));
      const parameters = scaledBack(affine);
      return {
        parameters,
        ...foundProblems(problems),
        apply: (others) => apply(parameters, others),
      };
    },
    fitEach(logits, labels, choices) {
      const { rows, penaltyOf, scaledBack } = prepare(logits, labels);
      return fitAffineEach(rows, choices.map(penaltyOf))
        .map(scaledBack)
        .map((parameters) => ({
          apply: (others) => apply(parameters, others),
        }));
    },
    apply,
    check: checkAffine,
    code: (parameters) => affineCode(parameters, inputCode),
  };
}

/** @param unit weights are so many times smaller than those of the penalty */
function odirPenalty(
  { offDiagonal = 10, intercept = 0.01 }: CalibratorSettings,
  classes: number,
  unit: number,
): AffinePenalty {
  const range = { low: 0, high: Infinity, highOpen: true };
  checkRange("offDiagonal", offDiagonal, range);
  checkRange("intercept", intercept, range);
  const pairs = classes * Math.max(1, classes - 1);
  return {
    offDiagonal: offDiagonal / pairs / unit ** 2,
    intercept: intercept / classes,
  };
}
