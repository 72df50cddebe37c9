import {
  type CalibratorName,
  CALIBRATORS,
} from "../../../calibration/calibrators/calibrators.ts";
import { heldOutFolds } from "../../../calibration/calibrators/fit_calibrator.ts";
import { MOST_CLASSES } from "../../../calibration/calibrators/parts/affine_fit.ts";
import { MOST_SINGLE_ROWS } from "../../../calibration/resampling/row_groups.ts";
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

/** A comparison that takes longer is announced. */
const LONG = 60;

/** What is fitted and measured. */
interface Work {
  readonly by: readonly CalibratorName[];
  readonly validation: Size;
  /** Number of folds in which settings are chosen. */
  readonly folds: number;
  /** Test rows that are resampled; undefined if nothing is compared. */
  readonly test: Size | undefined;
  readonly resamples: number;
}

type Size = Pick<Logits, "rows" | "columns">;

/**
 * What fits and resamples will cost and how to ask for less, as a line of text;
 * undefined for less than a minute.
 */
export function slowFits(work: Work): string | undefined {
  const { by, validation: { rows, columns }, test, resamples } = work;
  const inFits = fitSeconds(work);
  const inResamples = test === undefined ? 0 : resampleSeconds(work, test);
  if (inFits + inResamples < LONG) return undefined;
  const intervals = test === undefined
    ? ""
    : ` and ${resamples} resamples of ${test.rows} rows`;
  const less = [
    ...by.length > 1 ? ["--calibrator NAME,NAME fits some"] : [],
    ...inResamples > inFits ? ["--resamples 100 takes fewer"] : [],
  ].join(", ");
  return `Fits to ${rows} rows of ${columns} classes${intervals} take about ` +
    `${duration(inFits + inResamples)} of one core` +
    `${less === "" ? "" : `; ${less}`}\n`;
}

function fitSeconds(
  { by, validation: { rows, columns }, folds }: Work,
): number {
  const held = heldOutFolds(rows * columns, folds);
  return by.map((name) => {
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
}

/** Measured in 10,000, 100,000 and 1,000,000 rows of 10 classes, on the same core. */
function resampleSeconds(
  { by, resamples }: Work,
  { rows, columns }: Size,
): number {
  const once = rows > MOST_SINGLE_ROWS
    ? 4.5e-9 * rows + 3.2e-6 * (10 * columns + 550)
    : rows * (4.2e-8 + 1.8e-9 * columns);
  return (by.length + 1) * resamples * once;
}
