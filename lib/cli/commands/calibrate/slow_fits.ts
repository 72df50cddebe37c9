import {
  type CalibratorName,
  CALIBRATORS,
} from "../../../calibration/calibrators/calibrators.ts";
import { heldOutFolds } from "../../../calibration/calibrators/fit_calibrator.ts";
import { MOST_CLASSES } from "../../../calibration/calibrators/parts/affine_fit.ts";
import { duration } from "../../../duration.ts";
import type { Logits } from "../../../matrix_kinds.ts";

/**
 * Seconds of one core (AMD EPYC) per row and class, or per row and pair of classes, of
 * one fit to 100,000 x 100; `deno task bench calibrators` measures them.
 */
const SECONDS: Readonly<
  Record<CalibratorName, { readonly class: number } | { readonly pair: number }>
> = {
  temperature: { class: 7e-8 },
  "temperature-ece": { class: 2.5e-7 },
  vector: { class: 3.8e-7 },
  matrix: { pair: 3.9e-8 },
  "structured-matrix": { pair: 1.7e-8 },
  dirichlet: { pair: 3.7e-8 },
  beta: { class: 7.5e-7 },
  isotonic: { class: 5.3e-7 },
  histogram: { class: 2.5e-7 },
  "logit-norm": { class: 8.9e-7 },
};

/** Fits that take longer are announced. */
const LONG = 60;

/**
 * What fits will cost and how to fit less, as a line of text; undefined for less than a
 * minute.
 *
 * @param by the calibrators
 * @param logits of the validation rows
 * @param folds number of folds in which settings are chosen
 */
export function slowFits(
  by: readonly CalibratorName[],
  logits: Pick<Logits, "rows" | "columns">,
  folds: number,
): string | undefined {
  const { rows, columns } = logits;
  const held = heldOutFolds(rows * columns, folds);
  const seconds = by.map((name) => {
    const cost = SECONDS[name];
    if (CALIBRATORS[name].mixesClasses && columns > MOST_CLASSES) return 0;
    const fit = "class" in cost
      ? cost.class * rows * columns
      : cost.pair * rows * columns ** 2;
    const { choices = [], fitEach } = CALIBRATORS[name];
    // Settings of neighbours are fitted from each other, and roughly.
    const fits = fitEach === undefined ? Math.max(1, choices.length) : 1;
    return fit * (1 + fits * held * (folds - 1) / folds);
  }).reduce((total, each) => total + each, 0);
  if (seconds < LONG) return undefined;
  const choice = by.length > 1 ? "; --calibrator NAME,NAME fits some" : "";
  return `Fits to ${rows} rows of ${columns} classes take about ` +
    `${duration(seconds)} of one core${choice}\n`;
}
