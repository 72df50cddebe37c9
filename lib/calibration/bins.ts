import { argMax, type Matrix } from "../matrix.ts";
import { type Probabilities, sumsToOne } from "../matrix_kinds.ts";
import {
  checkBins,
  checkProbabilities,
  checkProbabilityLabels,
} from "./check.ts";

/** One bin of a reliability diagram: the rows with confidence in (low, high]. */
export interface ReliabilityBin {
  /** Lower edge, in [0, 1). */
  readonly low: number;
  /** Upper edge, in (0, 1]. */
  readonly high: number;
  /** Number of rows in the bin. */
  readonly count: number;
  /** Their mean confidence, in [0, 1]; NaN for an empty bin. */
  readonly confidence: number;
  /** Their accuracy, in [0, 1]; NaN for an empty bin. */
  readonly accuracy: number;
}

/** Predicted probabilities of events, and whether they happened. */
export interface Events {
  /** `[n]`, in [0, 1]. */
  readonly probability: Float64Array;
  /** `[n]`, 1 for an event that happened, otherwise 0. */
  readonly hit: Uint8Array;
}

/** Sums over bins, each `[bins]`. */
export interface BinSums {
  /** Number of rows. */
  readonly count: Float64Array;
  /** Sum of predicted probabilities. */
  readonly probability: Float64Array;
  /** Number of rows whose prediction is correct. */
  readonly hits: Float64Array;
}

/**
 * The edges of bins of equal width in [0, 1].
 *
 * They are quotients, because the product `0.1 * 3` is larger than 3/10 and would put
 * 0.3 into the wrong bin.
 *
 * @param bins number of bins, at least 1
 * @returns `[bins + 1]`, k/bins
 */
export function binEdges(bins: number): Float64Array {
  const edges = new Float64Array(bins + 1);
  for (let k = 0; k <= bins; k++) edges[k] = k / bins;
  return edges;
}

/**
 * The index of a probability's bin among bins of equal width, from 0. Bin k is
 * (k/bins, (k + 1)/bins]; the first bin also contains 0.
 *
 * @param probability in [0, 1]; values above 1 from rounding count as 1
 * @param edges the bins' edges
 */
export function binIndex(probability: number, edges: Float64Array): number {
  const bins = edges.length - 1;
  // Each branch nearly always goes the same way, so that a processor predicts it.
  let k = (probability * bins) | 0;
  if (k >= bins) k = bins - 1;
  // The product has been rounded, and a bin contains its upper edge.
  if (probability <= edges[k]) {
    if (k > 0) k--;
  } else if (probability > edges[k + 1] && k < bins - 1) k++;
  return k;
}

/**
 * Sums over bins of equal width.
 *
 * @param probability predicted probability of row i, in [0, 1]
 * @param hit whether the prediction of row i is correct
 */
export function sumBins(
  n: number,
  bins: number,
  probability: (i: number) => number,
  hit: (i: number) => boolean,
): BinSums {
  const sums = emptySums(bins);
  const edges = binEdges(bins);
  for (let i = 0; i < n; i++) {
    const p = probability(i);
    const k = binIndex(p, edges);
    sums.count[k]++;
    sums.probability[k] += p;
    if (hit(i)) sums.hits[k]++;
  }
  return sums;
}

/** Confidence of each row, and whether its predicted class is the label. */
export interface TopLabels {
  /** `[n]`, the largest probability of each row. */
  readonly confidence: Float64Array;
  /** `[n]`, 1 if that class is the label; among equal classes the first counts. */
  readonly correct: Uint8Array;
}

/** Confidences and correctness of checked predictions. */
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

/**
 * The sums of a reliability diagram, over bins of equal width. One pass over the
 * probabilities checks them and finds the largest of each row.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins number of bins, in [1, 1000000]
 * @throws {BadInput} for rows that are not distributions, labels out of range or a
 * wrong number of bins
 */
export function confidenceSums(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): BinSums {
  checkBins(bins);
  checkProbabilityLabels(probabilities, labels);
  const { data, rows, columns } = probabilities;
  const sums = emptySums(bins);
  const { count, probability, hits } = sums;
  const edges = binEdges(bins);
  for (let i = 0; i < rows; i++) {
    const start = i * columns;
    const end = start + columns;
    // Starting from the label, most rows never find a larger one, which makes the
    // comparison predictable.
    const own = data[start + labels[i]];
    let largest = own;
    let sum = 0;
    let negative = false;
    for (let at = start; at < end; at++) {
      const p = data[at];
      sum += p;
      if (p < 0) negative = true;
      if (p > largest) largest = p;
    }
    if (negative || !sumsToOne(sum)) checkProbabilities(probabilities, labels);
    const k = binIndex(largest, edges);
    count[k]++;
    probability[k] += largest;
    if (largest === own && isFirst(probabilities, i, labels[i])) hits[k]++;
  }
  return sums;
}

/** Whether no class before `k` has the same probability, the largest one of its row. */
function isFirst({ data, columns }: Matrix, i: number, k: number): boolean {
  const own = i * columns + k;
  // Two of this size would sum to more than 1.
  if (data[own] > 0.51) return true;
  for (let at = i * columns; at < own; at++) {
    if (data[at] === data[own]) return false;
  }
  return true;
}

function emptySums(bins: number) {
  return {
    count: new Float64Array(bins),
    probability: new Float64Array(bins),
    hits: new Float64Array(bins),
  };
}

/**
 * The bars of a reliability diagram: mean confidence and accuracy in bins of equal
 * width (low, high]; the first bin also contains 0.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins number of bins, in [1, 1000000]
 * @returns all bins in order, including empty ones
 * @throws {BadInput} for rows that are not distributions, labels out of range or a
 * wrong number of bins
 * @see A. Niculescu-Mizil and R. Caruana, "Predicting Good Probabilities with
 * Supervised Learning", ICML 2005
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { probabilitiesOf, reliability } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.75, 0.25], [0, 1]]);
 * const [empty, full] = reliability(probabilities, Int32Array.of(0, 0), 2);
 * strictEqual(empty.count, 0);
 * strictEqual(full.count, 2);
 * strictEqual(full.confidence, 0.875);
 * strictEqual(full.accuracy, 0.5);
 * ```
 */
export function reliability(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): ReliabilityBin[] {
  const sums = confidenceSums(probabilities, labels, bins);
  return Array.from(sums.count, (count, k) => ({
    low: k / bins,
    high: (k + 1) / bins,
    count,
    confidence: sums.probability[k] / count,
    accuracy: sums.hits[k] / count,
  }));
}
