import { argMax } from "../../matrix.ts";
import type { Events } from "../bins.ts";
import { topLabels } from "../bins.ts";
import type { Predictions } from "../metrics.ts";
import { binErrors, ERROR_KINDS, type ErrorKind } from "./bin_errors.ts";
import {
  type Binning,
  equalMassBinnings,
  equalWidthBinnings,
  narrowBinnings,
} from "./binnings.ts";
import { type ClassErrors, combineClasses } from "./class_combinations.ts";
import type { Candidate } from "./convention.ts";
import { sortEvents, sumCuts } from "./sorted_events.ts";

const ALL_KINDS = Object.keys(ERROR_KINDS) as ErrorKind[];

/**
 * Calibration errors of the predicted class: of all rows, and of the rows of each
 * label or each predicted class.
 *
 * @param more further numbers of bins
 */
export function topLabelCandidates(
  { probabilities, labels }: Predictions,
  more: readonly number[],
): Candidate[] {
  const { confidence: probability, correct: hit } = topLabels(
    probabilities,
    labels,
  );
  const events = { probability, hit };
  const predicted = labels.map((_, i) => argMax(probabilities, i));
  const wide = equalWidthBinnings(more);
  const mass = equalMassBinnings(more);
  const narrow = narrowBinnings(more, probabilities.columns);
  const even = mass.filter(({ settings }) => settings.cut === "array_split");
  const groups = [...wide, ...even];
  return [
    ...ofAllRows(events, [...wide, ...narrow, ...mass]),
    ...ofGroups(events, labels, {
      text: "label-conditional",
      of: "labelConditional",
      binnings: groups,
    }),
    ...ofGroups(events, predicted, {
      text: "predicted-class",
      of: "predictedClass",
      binnings: groups,
    }),
    kolmogorovSmirnov(events),
  ];
}

function ofAllRows(events: Events, binnings: readonly Binning[]): Candidate[] {
  const sorted = sortEvents(events);
  return binnings.flatMap((binning) => {
    const errors = binErrors(sumCuts(sorted, binning.cuts(sorted, 0)));
    return ALL_KINDS.map((kind) => ({
      value: errors[kind],
      text: `${ERROR_KINDS[kind].text}, ${binning.text}`,
      settings: { of: "topLabel", error: kind, ...binning.settings },
      departures: ERROR_KINDS[kind].departures + binning.departures,
    }));
  });
}

/** Errors of the rows of each class, by label or by prediction. */
function ofGroups(
  events: Events,
  classOf: Int32Array,
  { text, of, binnings }: {
    readonly text: string;
    readonly of: string;
    readonly binnings: readonly Binning[];
  },
): Candidate[] {
  const classes = [...new Set(classOf)].map((k): ClassErrors => {
    const sorted = sortEvents({
      probability: events.probability.filter((_, i) => classOf[i] === k),
      hit: events.hit.filter((_, i) => classOf[i] === k),
    });
    return {
      rows: sorted.probability.length,
      byBinning: binnings.map((binning) =>
        binErrors(sumCuts(sorted, binning.cuts(sorted, 0)))
      ),
    };
  });
  return combineClasses(classes, {
    ...{ text, binnings, weighted: true },
    settings: { of },
    departures: 2,
    kinds: ["mean", "root", "max"],
  });
}

/** The largest difference of the running sums of hits and confidences, over n. */
function kolmogorovSmirnov(events: Events): Candidate {
  const { hits, probabilities } = sortEvents(events);
  const largest = hits.reduce(
    (most, sum, i) => Math.max(most, Math.abs(sum - probabilities[i])),
    0,
  );
  return {
    value: largest / events.hit.length,
    text: "KS calibration error, without bins",
    settings: { of: "topLabel", error: "kolmogorovSmirnov" },
    departures: 1,
  };
}
