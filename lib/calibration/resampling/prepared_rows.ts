import { type TopLabels, topLabels } from "../bins.ts";
import type { Predictions } from "../metrics.ts";
import { sortOrder } from "../sort_order.ts";

/** Predictions, with the quantities that several weighted metrics share. */
export interface PreparedRows extends Predictions {
  /** Number of bins of binned calibration errors. */
  readonly bins: number;
  /** The k of top-k accuracy. */
  readonly topK: number;
  /** Confidence of each row, and whether its prediction is right. */
  readonly top: TopLabels;
  /** `[n]`, rows by increasing confidence. */
  readonly order: Int32Array;
  /** `[n]`, confidences in that order. */
  readonly confidence: Float64Array;
  /** `[n]`, whether predictions are right, in that order. */
  readonly correct: Uint8Array;
}

/**
 * How often each row counts: in the order of rows, and by increasing confidence. The
 * weights are whole numbers, and their sum is n.
 */
export interface Weights {
  readonly byRow: Int32Array;
  readonly byConfidence: Int32Array;
}

/** Sorts checked predictions by confidence. */
export function prepareRows(
  predictions: Predictions,
  { bins, topK }: { bins: number; topK: number },
): PreparedRows {
  const { probabilities, labels } = predictions;
  const top = topLabels(probabilities, labels);
  const { confidence, correct } = top;
  const order = sortOrder(confidence);
  return {
    ...predictions,
    bins,
    topK,
    top,
    order,
    confidence: Float64Array.from(order, (row) => confidence[row]),
    correct: Uint8Array.from(order, (row) => correct[row]),
  };
}

/** Weights by row, sorted by confidence too. */
export function sortedWeights(
  byRow: Int32Array,
  { order }: PreparedRows,
): Weights {
  const byConfidence = new Int32Array(byRow.length);
  for (let i = 0; i < order.length; i++) byConfidence[i] = byRow[order[i]];
  return { byRow, byConfidence };
}
