import { argMax } from "../matrix.ts";
import type { Probabilities } from "../matrix_kinds.ts";
import { checkBins, checkProbabilities } from "./check.ts";

/** One bin of a reliability diagram: the rows with confidence in (low, high]. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  /** Rows in the bin. */
  readonly count: number;
  /** Their mean confidence in [0, 1]; NaN when there are none. */
  readonly confidence: number;
  /** The share of them that is right, in [0, 1]; NaN when there are none. */
  readonly accuracy: number;
}

/** What one bin adds up: its rows, their probabilities, how often they came true. */
export interface BinSums {
  readonly count: Float64Array;
  readonly probability: Float64Array;
  readonly hits: Float64Array;
}

/**
 * The bin of a probability among `bins` of equal width, counted from 0.
 *
 * Bin k is (k/bins, (k + 1)/bins], and the first also holds 0. The edges are the
 * quotients themselves: a product such as `0.1 * 3` is above 3/10, and would put
 * 0.3 into the wrong bin.
 *
 * @param probability in [0, 1]; a row's rounding above 1 counts as 1
 * @param bins whole, at least 1
 */
export function binIndex(probability: number, bins: number): number {
  let k = Math.min(Math.max(Math.ceil(probability * bins) - 1, 0), bins - 1);
  // The product may have been rounded across an edge, by one bin at most.
  if (k > 0 && probability <= k / bins) k--;
  else if (k < bins - 1 && probability > (k + 1) / bins) k++;
  return k;
}

/**
 * Sums over bins of equal width.
 *
 * @param probability the i-th predicted probability, in [0, 1]
 * @param hit whether what it was given to came true
 */
export function sumBins(
  n: number,
  bins: number,
  probability: (i: number) => number,
  hit: (i: number) => boolean,
): BinSums {
  const sums = {
    count: new Float64Array(bins),
    probability: new Float64Array(bins),
    hits: new Float64Array(bins),
  };
  for (let i = 0; i < n; i++) {
    const p = probability(i);
    const k = binIndex(p, bins);
    sums.count[k]++;
    sums.probability[k] += p;
    if (hit(i)) sums.hits[k]++;
  }
  return sums;
}

/** Confidence of every row, and whether its predicted class is the label. */
export interface TopLabels {
  /** `[n]`, the largest probability of each row. */
  readonly confidence: Float64Array;
  /** `[n]`, 1 where that class is the label; the first class wins a tie. */
  readonly correct: Uint8Array;
}

/** Reduces checked predictions to what confidence calibration looks at. */
export function topLabels(
  probabilities: Probabilities,
  labels: Int32Array,
): TopLabels {
  const { data, rows, columns } = probabilities;
  const confidence = new Float64Array(rows);
  const correct = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const predicted = argMax(probabilities, i);
    confidence[i] = data[i * columns + predicted];
    if (predicted === labels[i]) correct[i] = 1;
  }
  return { confidence, correct };
}

/** The sums behind a reliability diagram, over bins of equal width. */
export function sumTopLabels(
  { confidence, correct }: TopLabels,
  bins: number,
): BinSums {
  return sumBins(
    confidence.length,
    bins,
    (i) => confidence[i],
    (i) => correct[i] === 1,
  );
}

/**
 * A reliability diagram's bars: mean confidence and accuracy in bins of equal
 * width (low, high], the first of which also holds 0.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins whole, at least 1
 * @returns every bin in order, also the empty ones
 * @throws {BadInput} for rows that are no distributions, labels that are no
 * columns, or a number of bins that is not whole
 * @see A. Niculescu-Mizil and R. Caruana, "Predicting Good Probabilities with
 * Supervised Learning", ICML 2005
 *
 * @example
 * ```ts
 * import { probabilitiesOf } from "../matrix_kinds.ts";
 * import { reliability } from "./bins.ts";
 * const bins = reliability(
 *   probabilitiesOf([[0.7, 0.3], [0.1, 0.9]]),
 *   Int32Array.of(0, 0),
 *   2,
 * );
 * // bins[1]: 2 rows in (0.5, 1], confidence 0.8, accuracy 0.5
 * ```
 */
export function reliability(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): ReliabilityBin[] {
  checkBins(bins);
  checkProbabilities(probabilities, labels);
  const sums = sumTopLabels(topLabels(probabilities, labels), bins);
  return Array.from(sums.count, (count, k) => ({
    low: k / bins,
    high: (k + 1) / bins,
    count,
    confidence: sums.probability[k] / count,
    accuracy: sums.hits[k] / count,
  }));
}
