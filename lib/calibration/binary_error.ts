import { binEdges, binIndex, type Events } from "./bins.ts";
import { massBins } from "./mass_bins.ts";

/** How a binned error is computed. */
export interface BinaryErrorOptions {
  /** Number of bins, in [1, 1000000]. */
  readonly bins: number;
  /**
   * 1: the mean gap, weighted by rows; 2: the root of the mean squared gap; `max`: the
   * largest gap.
   */
  readonly norm: 1 | 2 | "max";
  /** Bins of equal width in [0, 1], or of equal numbers of rows. */
  readonly binning: "equalWidth" | "equalMass";
  /** Which edge belongs to a bin of equal width: (low, high] or [low, high). */
  readonly closed: "right" | "left";
  /** Subtracts the expected effect of noise, for `norm` 2. */
  readonly debias: boolean;
}

/** Number of rows of a bin, and the sums of their hits and probabilities. */
interface Bin {
  count: number;
  hits: number;
  probability: number;
}

/**
 * The binned calibration error of probabilities of events.
 *
 * @param events at least one
 */
export function binaryError(
  events: Events,
  options: BinaryErrorOptions,
): number {
  const bins = options.binning === "equalWidth"
    ? equalWidthBins(events, options)
    : massBins(events, options.bins);
  return binnedError(bins, options);
}

function binnedError(
  bins: readonly Bin[],
  { norm, debias }: BinaryErrorOptions,
): number {
  let rows = 0;
  let total = 0;
  let largest = 0;
  for (const { count, hits, probability } of bins) {
    if (count === 0) continue;
    const gap = Math.abs(hits - probability) / count;
    rows += count;
    largest = Math.max(largest, gap);
    const square = () => debias ? debiasedSquare(gap, count, hits) : gap ** 2;
    total += count * (norm === 1 ? gap : square());
  }
  if (norm === "max") return largest;
  if (norm === 1) return total / rows;
  return Math.sqrt(Math.max(0, total / rows));
}

/**
 * The square of a bin's gap, less the variance of its accuracy. A single row has no
 * estimate of its variance; it counts as 0.
 */
export function debiasedSquare(
  gap: number,
  count: number,
  hits: number,
): number {
  if (count < 2) return 0;
  const accuracy = hits / count;
  return gap ** 2 - accuracy * (1 - accuracy) / (count - 1);
}

function equalWidthBins(
  { probability, hit }: Events,
  { bins, closed }: BinaryErrorOptions,
): Bin[] {
  const sums = new Map<number, Bin>();
  const edges = binEdges(bins);
  for (let i = 0; i < probability.length; i++) {
    const p = probability[i];
    const at = closed === "right"
      ? binIndex(p, edges)
      : leftClosedIndex(p, edges);
    let bin = sums.get(at);
    if (bin === undefined) {
      sums.set(at, bin = { count: 0, hits: 0, probability: 0 });
    }
    bin.count++;
    bin.hits += hit[i];
    bin.probability += p;
  }
  return [...sums.values()];
}

/** As `binIndex()`, for bins [low, high); the last one also contains 1. */
function leftClosedIndex(probability: number, edges: Float64Array): number {
  const k = binIndex(probability, edges);
  return k < edges.length - 2 && probability === edges[k + 1] ? k + 1 : k;
}
