import { BadInput, checkRange } from "../bad_input.ts";
import type { Probabilities } from "../matrix_kinds.ts";
import { binaryError, type BinaryErrorOptions } from "./binary_error.ts";
import { type Events, topLabels } from "./bins.ts";
import { checkBins, checkProbabilities } from "./check.ts";

/** Which calibration error is computed; the defaults are those of `ece()`. */
export interface CalibrationErrorOptions extends Partial<BinaryErrorOptions> {
  /** Number of bins, in [1, 1000000]. */
  readonly bins: number;
  /**
   * Probabilities whose error is measured: of the predicted class (`topLabel`), of
   * each class against its frequency (`classwise`), or of the predicted class among
   * the rows of each label (`labelConditional`).
   */
  readonly of?: "topLabel" | "classwise" | "labelConditional";
  /** Class-wise: only probabilities above this count, in [0, 1) (all). */
  readonly threshold?: number;
  /** The errors of several classes are averaged, summed, or averaged in the norm. */
  readonly classes?: "mean" | "sum" | "norm";
}

type AllOptions =
  & CalibrationErrorOptions
  & Required<Omit<CalibrationErrorOptions, "threshold">>;

const DEFAULTS: Omit<AllOptions, "bins"> = {
  norm: 1,
  binning: "equalWidth",
  closed: "right",
  debias: false,
  of: "topLabel",
  classes: "mean",
};

/**
 * A binned calibration error by any of the usual conventions, to compare with numbers
 * from other programs.
 *
 * The gap of a bin is |accuracy - mean probability|. Norm 1 is the mean gap weighted by
 * rows, 2 the root of the mean squared gap, `max` the largest gap. With `debias`, norm 2
 * subtracts the variance `a (1 - a) / (rows - 1)` of each bin's accuracy a, and is 0 if
 * the result is negative. Class-wise errors are those of each class's probability in all
 * rows; label-conditional ones those of the rows of each label that occurs. `classes`
 * says how they are combined: `norm` is their norm-mean, the root of the mean square for
 * norm 2 and the largest for `max`.
 *
 * With a threshold, class-wise errors count only probabilities above it, in the mean of
 * each class too; classes without any are left out.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param options which error
 * @returns at least 0, and at most 1 unless it is a sum
 * @throws {BadInput} for rows that are not distributions, labels out of range, a wrong
 * number of bins, a threshold outside [0, 1) or without `classwise`, a threshold that no
 * probability exceeds, or `debias` without norm 2
 * @see J. Nixon et al., "Measuring Calibration in Deep Learning", CVPR workshops 2019;
 * A. Kumar, P. Liang and T. Ma, "Verified Uncertainty Calibration", NeurIPS 2019
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { calibrationError, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.75, 0.25], [0.75, 0.25], [1, 0]]);
 * const labels = Int32Array.of(0, 1, 0);
 * // Gaps of 0.25 and 0, of two rows and one.
 * const root = calibrationError(probabilities, labels, { bins: 10, norm: 2 });
 * strictEqual(root.toFixed(6), Math.sqrt(2 / 3 * 0.25 ** 2).toFixed(6));
 * ```
 */
export function calibrationError(
  probabilities: Probabilities,
  labels: Int32Array,
  options: CalibrationErrorOptions,
): number {
  const all = { ...DEFAULTS, ...options };
  checkOptions(all);
  checkProbabilities(probabilities, labels);
  const errors = groupsOf(probabilities, labels, all)
    .map((events) => binaryError(events, all));
  return combined(errors, all);
}

function checkOptions({ bins, norm, debias, of, threshold }: AllOptions): void {
  checkBins(bins);
  if (debias && norm !== 2) {
    throw new BadInput(
      `Cannot measure calibration as only norm 2 can be debiased: norm is ${norm}`,
    );
  }
  if (threshold === undefined) return;
  const what = "Cannot measure calibration as the threshold";
  checkRange(what, threshold, { low: 0, high: 1, highOpen: true });
  if (of === "classwise") return;
  throw new BadInput(
    `Cannot measure calibration as only class-wise errors have a threshold`,
  );
}

function groupsOf(
  probabilities: Probabilities,
  labels: Int32Array,
  { of, threshold = -1 }: AllOptions,
): Events[] {
  if (of === "classwise") {
    const groups = classEvents(probabilities, labels, threshold);
    if (groups.length > 0) return groups;
    throw new BadInput(
      `Cannot measure calibration as no probability exceeds ${threshold}`,
    );
  }
  const { confidence: probability, correct: hit } = topLabels(
    probabilities,
    labels,
  );
  if (of === "topLabel") return [{ probability, hit }];
  return [...new Set(labels)].map((label) => ({
    probability: probability.filter((_, i) => labels[i] === label),
    hit: hit.filter((_, i) => labels[i] === label),
  }));
}

/** Each class's probabilities above the threshold, and which are of its own rows. */
function classEvents(
  { data, rows, columns }: Probabilities,
  labels: Int32Array,
  threshold: number,
): Events[] {
  const groups: Events[] = [];
  for (let k = 0; k < columns; k++) {
    const probability = new Float64Array(rows);
    const hit = new Uint8Array(rows);
    let kept = 0;
    for (let i = 0; i < rows; i++) {
      if (!(data[i * columns + k] > threshold)) continue;
      probability[kept] = data[i * columns + k];
      hit[kept++] = labels[i] === k ? 1 : 0;
    }
    if (kept === 0) continue;
    groups.push({
      probability: probability.subarray(0, kept),
      hit: hit.subarray(0, kept),
    });
  }
  return groups;
}

function combined(
  errors: readonly number[],
  { classes, norm }: AllOptions,
): number {
  const sum = errors.reduce((total, error) => total + error);
  if (classes === "sum") return sum;
  if (classes === "mean" || norm === 1) return sum / errors.length;
  if (norm === "max") return Math.max(...errors);
  const squares = errors.reduce((total, error) => total + error ** 2, 0);
  return Math.sqrt(squares / errors.length);
}
