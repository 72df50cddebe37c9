import type { Events } from "../bins.ts";
import type { BinSums } from "../bins.ts";
import { sortOrder } from "../sort_order.ts";

/** Events by increasing probability, so that the sums of any bin are differences. */
export interface SortedEvents {
  /** `[n]`, ascending. */
  readonly probability: Float64Array;
  /** `[n + 1]`, the sum of the first probabilities. */
  readonly probabilities: Float64Array;
  /** `[n + 1]`, how many of the first events happened. */
  readonly hits: Float64Array;
}

/** Sorts events by their probability. */
export function sortEvents({ probability, hit }: Events): SortedEvents {
  const order = sortOrder(probability);
  const n = order.length;
  const sorted = new Float64Array(n);
  const probabilities = new Float64Array(n + 1);
  const hits = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    sorted[i] = probability[order[i]];
    probabilities[i + 1] = probabilities[i] + sorted[i];
    hits[i + 1] = hits[i] + hit[order[i]];
  }
  return { probability: sorted, probabilities, hits };
}

/** The number of events with a probability below an edge, or up to it. */
export function countBelow(
  { probability }: SortedEvents,
  edge: number,
  includesEdge: boolean,
): number {
  let low = 0;
  let high = probability.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const below = includesEdge
      ? probability[middle] <= edge
      : probability[middle] < edge;
    if (below) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Sums over bins of consecutive events.
 *
 * @param cuts `[bins + 1]`, ascending: bin b has the events from `cuts[b]` to before
 * `cuts[b + 1]`
 */
export function sumCuts(
  { probabilities, hits }: SortedEvents,
  cuts: readonly number[],
): BinSums {
  const differences = (sums: (at: number) => number) =>
    Float64Array.from(
      { length: cuts.length - 1 },
      (_, b) => sums(cuts[b + 1]) - sums(cuts[b]),
    );
  return {
    count: differences((at) => at),
    probability: differences((at) => probabilities[at]),
    hits: differences((at) => hits[at]),
  };
}
