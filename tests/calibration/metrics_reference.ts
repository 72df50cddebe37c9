import type { CalibrationErrorOptions } from "../../lib/calibration/general_error.ts";
import type { ExtraMetricName } from "../../lib/calibration/extended_names.ts";
import record from "../fixtures/metrics_reference.json" with { type: "json" };
import { REFERENCE, type ReferenceCase } from "./reference.ts";

type Values = Partial<Record<ExtraMetricName, number>>;

/** What other libraries make of the logits of a `ReferenceCase`. */
export interface MetricsReference {
  readonly logits: ReferenceCase["logits"];
  readonly labels: Int32Array;
  /** Metrics in bins, for each number of bins. */
  readonly binned: readonly (Values & { readonly bins: number })[];
  /** Metrics without bins. */
  readonly unbinned: Values;
  /** Top-k accuracy for k from 1. */
  readonly topK: readonly number[];
  readonly bandwidth: number;
  readonly errors: readonly {
    readonly options: CalibrationErrorOptions;
    readonly error: number;
  }[];
}

export const METRICS_REFERENCE: readonly MetricsReference[] = record.cases
  .map(({ binned, unbinned, errors }, i) => {
    const { logits, labels } = REFERENCE[i];
    const { topKAccuracy: topK, bandwidth, ...others } = unbinned;
    return {
      logits,
      labels,
      binned,
      unbinned: others,
      topK,
      bandwidth,
      errors: errors as unknown as MetricsReference["errors"],
    };
  });

/** Confidences on the edges of bins. */
export const EDGES = record.edges;

/** Rows with few errors, and two coverages. */
export const ACCURATE = record.accurate;

/** Confidences that follow from the number of rows. */
export const SMOOTH = record.smooth;
