import type { BinSums } from "../bins.ts";
import type { Predictions } from "../metrics.ts";
import { binErrors, ERROR_KINDS, type ErrorKind } from "./bin_errors.ts";
import {
  type Binning,
  equalMassBinnings,
  equalWidthBinnings,
} from "./binnings.ts";
import {
  type ClassErrors,
  type ClassFamily,
  combineClasses,
} from "./class_combinations.ts";
import type { Candidate } from "./convention.ts";
import { countBelow, sortEvents, sumCuts } from "./sorted_events.ts";

/** Class-wise errors of probabilities above these; below 0 are none. */
const THRESHOLDS = [-1, 0.001, 0.01];

/** Kinds of errors without a threshold, with one, and of all classes in one. */
const KINDS: readonly ErrorKind[] = [
  ...["mean", "max", "unweighted", "root", "square", "debiased"] as const,
];
const THRESHOLDED: readonly ErrorKind[] = ["mean", "root", "unweighted"];
const POOLED: readonly ErrorKind[] = ["mean", "max", "unweighted", "root"];

/**
 * Calibration errors of each class's probability against its frequency, also above a
 * threshold, and of the probabilities of all classes in the same bins.
 *
 * @param more further numbers of bins
 */
export function classwiseCandidates(
  predictions: Predictions,
  more: readonly number[],
): Candidate[] {
  const wide = equalWidthBinnings(more);
  const binnings = [...wide, ...equalMassBinnings(more)];
  const byThreshold: ClassErrors[][] = THRESHOLDS.map(() => []);
  const pooled: (BinSums | undefined)[] = wide.map(() => undefined);
  for (let k = 0; k < predictions.probabilities.columns; k++) {
    const sorted = sortEvents(eventsOf(predictions, k));
    THRESHOLDS.forEach((threshold, t) => {
      const start = countBelow(sorted, threshold, true);
      const rows = sorted.probability.length - start;
      if (rows === 0) return;
      const byBinning = binnings.map((binning, b) => {
        const sums = sumCuts(sorted, binning.cuts(sorted, start));
        if (t === 0 && b < wide.length) pooled[b] = added(pooled[b], sums);
        return binErrors(sums);
      });
      byThreshold[t].push({ rows, byBinning });
    });
  }
  return [
    ...THRESHOLDS.flatMap((threshold, t) =>
      combineClasses(byThreshold[t], familyOf(threshold, binnings))
    ),
    ...wide.flatMap((binning, b) => pooledCandidates(pooled[b]!, binning)),
  ];
}

function eventsOf({ probabilities, labels }: Predictions, k: number) {
  const { data, rows, columns } = probabilities;
  const probability = new Float64Array(rows);
  const hit = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    probability[i] = data[i * columns + k];
    if (labels[i] === k) hit[i] = 1;
  }
  return { probability, hit };
}

function familyOf(
  threshold: number,
  binnings: readonly Binning[],
): ClassFamily {
  if (threshold < 0) {
    return {
      ...{ text: "class-wise", binnings, kinds: KINDS, weighted: false },
      settings: { of: "classwise" },
      departures: 0,
    };
  }
  return {
    text: `class-wise, probabilities above ${threshold},`,
    settings: { of: "classwise", threshold },
    departures: 2,
    ...{ binnings, kinds: THRESHOLDED, weighted: true },
  };
}

function added(sums: BinSums | undefined, more: BinSums): BinSums {
  if (sums === undefined) return more;
  const plus = (key: keyof BinSums) =>
    sums[key].map((value, b) => value + more[key][b]);
  return {
    count: plus("count"),
    probability: plus("probability"),
    hits: plus("hits"),
  };
}

function pooledCandidates(sums: BinSums, binning: Binning): Candidate[] {
  const errors = binErrors(sums);
  return POOLED.map((kind) => ({
    value: errors[kind],
    text: `${ERROR_KINDS[kind].text} of all classes in the same bins, ` +
      binning.text,
    settings: { of: "allClasses", error: kind, ...binning.settings },
    departures: 2 + ERROR_KINDS[kind].departures + binning.departures,
  }));
}
