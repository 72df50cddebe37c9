import type { Probabilities } from "../matrix_kinds.ts";
import { type Events, type ReliabilityBin, topLabels } from "./bins.ts";
import { checkBins, checkProbabilities } from "./check.ts";
import { sortOrder } from "./sort_order.ts";

/** Neighbours in the order of probability, and the sums over them. */
export interface MassBin {
  readonly count: number;
  readonly hits: number;
  /** Sum of the probabilities. */
  readonly probability: number;
  /** Smallest and largest probability. */
  readonly least: number;
  readonly most: number;
}

/**
 * Sorts events by probability and cuts them into bins whose sizes differ by at most
 * one; fewer bins if there are fewer events.
 */
export function massBins(
  { probability, hit }: Events,
  bins: number,
): MassBin[] {
  const n = probability.length;
  const order = sortOrder(probability);
  const filled: MassBin[] = [];
  for (let b = 0, at = 0; at < n; b++) {
    const first = at;
    const count = Math.floor(n / bins) + (b < n % bins ? 1 : 0);
    let hits = 0;
    let sum = 0;
    for (const end = at + count; at < end; at++) {
      hits += hit[order[at]];
      sum += probability[order[at]];
    }
    filled.push({
      count,
      hits,
      probability: sum,
      least: probability[order[first]],
      most: probability[order[at - 1]],
    });
  }
  return filled;
}

/**
 * The bins of a reliability diagram that contain equal numbers of rows. Edges lie halfway
 * between the confidences of neighbouring bins.
 *
 * @param probabilities `[n, classes]`, rows that sum to 1
 * @param labels `[n]`, class indices
 * @param bins number of bins, in [1, 1000000]; at most n are returned
 * @throws {BadInput} for rows that are not distributions, labels out of range or a
 * wrong number of bins
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { massReliability, probabilitiesOf } from "@ils/label-smoothing/calibration";
 * const probabilities = probabilitiesOf([[0.75, 0.25], [0.25, 0.75], [1, 0]]);
 * const [low, high] = massReliability(probabilities, Int32Array.of(0, 0, 0), 2);
 * strictEqual(low.count, 2);
 * strictEqual(low.accuracy, 0.5);
 * strictEqual(high.low, 0.875);
 * ```
 */
export function massReliability(
  probabilities: Probabilities,
  labels: Int32Array,
  bins: number,
): ReliabilityBin[] {
  checkBins(bins);
  checkProbabilities(probabilities, labels);
  const { confidence, correct } = topLabels(probabilities, labels);
  const found = massBins({ probability: confidence, hit: correct }, bins);
  const edge = (k: number) => (found[k - 1].most + found[k].least) / 2;
  return found.map(({ count, hits, probability, least, most }, k) => ({
    low: k === 0 ? least : edge(k),
    high: k === found.length - 1 ? most : edge(k + 1),
    count,
    confidence: probability / count,
    accuracy: hits / count,
  }));
}
