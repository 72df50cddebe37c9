import { CALIBRATORS } from "../../../calibration/calibrators/calibrators.ts";
import type { CalibratorFit } from "../../../calibration/calibrators/fit_calibrator.ts";
import type { LabelledLogits } from "../../../calibration/labelled_logits.ts";

/** Decimals of parameters and of log losses. */
const DIGITS = 3;
const LOSS_DIGITS = 4;

/** A fit as `--json` prints it. */
export function fitJson(fit: CalibratorFit, validationRows: number) {
  const { by, parameters, settings, validationLogLoss, problems } = fit;
  return {
    calibrator: by,
    validationRows,
    settings: settings ?? null,
    parameters,
    validationLogLoss,
    problems: problems ?? [],
  };
}

/** A fit as text. */
export function fitText(
  fit: CalibratorFit,
  { logits: { rows, columns } }: LabelledLogits,
): string {
  const { uncalibrated, calibrated, heldOut } = fit.validationLogLoss;
  const loss = (value: number) => value.toFixed(LOSS_DIGITS);
  return `${CALIBRATORS[fit.by].title}, ${summary(fit)}, fitted to ${rows} ` +
    `validation rows of ${columns} classes\n` +
    `log loss of these rows: ${loss(uncalibrated)} before, ` +
    `${loss(calibrated)} after` +
    `${heldOut === undefined ? "" : `, ${loss(heldOut)} in held-out folds`}\n` +
    cautions(fit).join("");
}

/** Parameters and chosen settings in a few words. */
export function summary({ by, parameters, settings }: CalibratorFit): string {
  const fitted = CALIBRATORS[by].describe(parameters, DIGITS);
  if (settings === undefined) return fitted;
  const chosen = Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`);
  return `${fitted} (${chosen.join(", ")})`;
}

/** Why a fit should not be trusted, a line each. */
export function cautions({ by, problems = [] }: CalibratorFit): string[] {
  return problems.map(({ reason }) =>
    `Caution, ${CALIBRATORS[by].title}: ${reason}\n`
  );
}
