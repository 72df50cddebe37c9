import { type Logits, logitsOf } from "../../lib/matrix_kinds.ts";
import type { LabelledLogits } from "../../lib/calibration/labelled_logits.ts";
import record from "../fixtures/calibration_reference.json" with {
  type: "json",
};

/** What those packages compute. */
type ReferenceMetrics = typeof record.cases[number]["scaled"];

/** Logits with the results of netcal, scikit-learn, SciPy and PyTorch. */
export interface ReferenceCase {
  readonly name: string;
  readonly logits: Logits;
  readonly labels: Int32Array;
  readonly validation: LabelledLogits;
  /** Metrics for each number of bins. */
  readonly metrics: readonly ReferenceMetrics[];
  /** Bars of non-empty bins, for the first number of bins. */
  readonly reliability: {
    readonly accuracy: readonly number[];
    readonly confidence: readonly number[];
  };
  readonly fit: { readonly temperature: number; readonly logLoss: number };
  /** Metrics after temperature scaling, for the first number of bins. */
  readonly scaled: ReferenceMetrics;
}

export const REFERENCE: readonly ReferenceCase[] = record.cases.map((one) => ({
  ...one,
  logits: logitsOf(one.logits),
  labels: Int32Array.from(one.labels),
  validation: {
    logits: logitsOf(one.validation),
    labels: Int32Array.from(one.validationLabels),
  },
}));
