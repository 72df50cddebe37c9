import { BadInput, checkRange } from "../../bad_input.ts";
import type { Probabilities } from "../../matrix_kinds.ts";
import { stream } from "../../random.ts";
import { checkProbabilities } from "../check.ts";
import {
  checkVariant,
  CONFORMAL_VARIANTS,
  type ConformalVariant,
} from "./conformal_method.ts";
import { type RankedRows, rankRows } from "./ranked_rows.ts";
import { type SetMetrics, setMetrics } from "./set_metrics.ts";
import {
  labelScores,
  rowUniforms,
  scoreThreshold,
  setSizes,
} from "./set_sizes.ts";

/** Probabilities and labels of the same rows. */
export interface LabelledProbabilities {
  /** `[n, classes]`, rows that sum to 1. */
  readonly probabilities: Probabilities;
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
}

/** Settings of `conformalMetrics()`. */
export interface ConformalOptions {
  /** Variants of sets (all five: THR, and APS and RAPS with and without randomness). */
  readonly variants?: readonly ConformalVariant[];
  /** Coverages to aim for, each in (0, 1) (0.8, 0.9 and 0.95). */
  readonly coverages?: readonly number[];
  /** Seed of the random numbers of rows (1). */
  readonly seed?: number;
}

/** The sets of one variant for one coverage. */
export interface ConformalResult extends ConformalVariant, SetMetrics {
  /** Coverage that was asked for. */
  readonly targetCoverage: number;
  /** Largest nonconformity score of a class in a set; Infinity for all classes. */
  readonly threshold: number;
}

/**
 * Coverage and size of conformal prediction sets: thresholds are fitted to validation
 * rows, and the sets of test rows are measured.
 *
 * If validation and test rows are exchangeable, the sets contain the label with at least
 * the target coverage, whatever the probabilities; better probabilities give smaller
 * sets. That holds on average over all rows, not for each class. Scores are those of
 * TorchCP 1.2, and a row has one random number for all its classes.
 *
 * @param validation rows for the thresholds, that the model was not trained on
 * @param test rows to measure, with the same classes
 * @param options variants, coverages and seed
 * @returns one result per variant and coverage, in that order
 * @throws {BadInput} for rows that are not distributions, labels out of range, different
 * numbers of classes, or settings outside their ranges
 * @see M. Sadinle, J. Lei and L. Wasserman, "Least Ambiguous Set-Valued Classifiers with
 * Bounded Error Levels", JASA 2019 (THR); Y. Romano, M. Sesia and E. Candès,
 * "Classification with Valid and Adaptive Coverage", NeurIPS 2020 (APS);
 * A. Angelopoulos et al., "Uncertainty Sets for Image Classifiers using Conformal
 * Prediction", ICLR 2021 (RAPS)
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { conformalMetrics, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const rows = {
 *   probabilities: probabilitiesOf(Array(9).fill([0.7, 0.2, 0.1])),
 *   labels: Int32Array.of(0, 0, 0, 0, 0, 0, 0, 1, 2),
 * };
 * const [result] = conformalMetrics(rows, rows, {
 *   variants: [{ method: "thr" }],
 *   coverages: [0.8],
 * });
 * // The 8th of 9 scores is that of the second class.
 * strictEqual(result.threshold, 0.8);
 * strictEqual(result.meanSize, 2);
 * strictEqual(result.coverage, 8 / 9);
 * ```
 */
export function conformalMetrics(
  validation: LabelledProbabilities,
  test: LabelledProbabilities,
  options: ConformalOptions = {},
): ConformalResult[] {
  const { variants = CONFORMAL_VARIANTS, coverages = [0.8, 0.9, 0.95] } =
    options;
  variants.forEach(checkVariant);
  coverages.forEach(checkCoverage);
  const validationRows = checkedRanks(validation);
  const testRows = checkedRanks(test);
  checkClasses(validationRows, testRows);
  return variants.flatMap((variant) => {
    const draw = drawer(variant, options.seed);
    const scores = labelScores(
      validationRows,
      variant,
      draw(validationRows, "validation"),
    );
    const uniforms = draw(testRows, "test");
    return coverages.map((targetCoverage) => {
      const threshold = scoreThreshold(scores, targetCoverage);
      const sizes = setSizes(testRows, variant, uniforms, threshold);
      return {
        ...variant,
        targetCoverage,
        threshold,
        ...setMetrics(testRows, test.labels, sizes, targetCoverage),
      };
    });
  });
}

/**
 * Conformal prediction sets of rows without labels.
 *
 * @param validation rows for the threshold, that the model was not trained on
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param options the variant, the coverage to aim for, and the seed of the random
 * numbers of rows (1)
 * @returns for each row the classes of its set, by decreasing probability; a set may be
 * empty
 * @throws {BadInput} as `conformalMetrics()` does
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { conformalSets, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const validation = {
 *   probabilities: probabilitiesOf(Array(9).fill([0.7, 0.2, 0.1])),
 *   labels: Int32Array.of(0, 0, 0, 0, 0, 0, 0, 1, 2),
 * };
 * const others = probabilitiesOf([[0.1, 0.3, 0.6], [0.9, 0.05, 0.05]]);
 * const sets = conformalSets(validation, others, { method: "thr", coverage: 0.8 });
 * // The classes with a probability of at least 0.2.
 * deepStrictEqual(sets, [[2, 1], [0]]);
 * ```
 */
export function conformalSets(
  validation: LabelledProbabilities,
  probabilities: Probabilities,
  options: ConformalVariant & { coverage: number; seed?: number },
): number[][] {
  const { coverage, seed, ...variant } = options;
  checkVariant(variant);
  checkCoverage(coverage);
  const validationRows = checkedRanks(validation);
  // Any labels will do: sets do not depend on them.
  const labels = new Int32Array(probabilities.rows);
  const rows = checkedRanks({ probabilities, labels });
  checkClasses(validationRows, rows);
  const draw = drawer(variant, seed);
  const uniforms = draw(validationRows, "validation");
  const scores = labelScores(validationRows, variant, uniforms);
  const threshold = scoreThreshold(scores, coverage);
  const sizes = setSizes(rows, variant, draw(rows, "test"), threshold);
  return Array.from(sizes, (size, i) => largestClasses(probabilities, i, size));
}

function largestClasses(
  { data, columns }: Probabilities,
  i: number,
  size: number,
): number[] {
  const row = data.subarray(i * columns, (i + 1) * columns);
  return [...row.keys()].sort((a, b) => row[b] - row[a] || a - b)
    .slice(0, size);
}

function drawer(variant: ConformalVariant, seed = 1) {
  return ({ ranks }: RankedRows, part: string) =>
    rowUniforms(variant, ranks.length, stream(seed, `conformal/${part}`));
}

function checkCoverage(coverage: number): void {
  checkRange("Coverage", coverage, {
    low: 0,
    high: 1,
    lowOpen: true,
    highOpen: true,
  });
}

function checkedRanks(rows: LabelledProbabilities): RankedRows {
  checkProbabilities(rows.probabilities, rows.labels);
  return rankRows(rows.probabilities, rows.labels);
}

function checkClasses(validation: RankedRows, test: RankedRows): void {
  if (validation.classes === test.classes) return;
  throw new BadInput(
    `Cannot build conformal sets as validation and test rows must have the same ` +
      `classes: they have ${validation.classes} and ${test.classes}`,
  );
}
