import { classwiseCandidates } from "../../../lib/calibration/explain/classwise_candidates.ts";
import type { Candidate } from "../../../lib/calibration/explain/convention.ts";
import { scoreCandidates } from "../../../lib/calibration/explain/score_candidates.ts";
import { topLabelCandidates } from "../../../lib/calibration/explain/top_label_candidates.ts";
import { calibrationError } from "../../../lib/calibration/general_error.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import explained from "../../fixtures/explain_reference.json" with {
  type: "json",
};
import record from "../../fixtures/metrics_reference.json" with {
  type: "json",
};
import { METRICS_REFERENCE } from "../metrics_reference.ts";
import { REFERENCE } from "../reference.ts";
import { type Deviation, largest, libraries } from "./deviation.ts";

/** The deviation of `calibrationError()` by kind of error. */
export function errorDeviations(): Deviation[] {
  const pairs = new Map<string, [number, number][]>();
  for (const { logits, labels, errors } of METRICS_REFERENCE) {
    for (const { options, error } of errors) {
      const { of = "topLabel", binning = "equalWidth" } = options;
      const name = `${of}, ${binning}`;
      const ours = calibrationError(softmax(logits), labels, options);
      pairs.set(name, [...pairs.get(name) ?? [], [ours, error]]);
    }
  }
  const names = ["netcal", "uncertainty-calibration", "torch-uncertainty"];
  return [...pairs].map(([name, values]) => ({
    name,
    library: libraries(record.versions, names),
    compared: `${values.length} errors: norms, debiasing, classes, thresholds`,
    largest: largest(values),
  }));
}

/** Our value and the reference's of each convention in `explain_reference.json`. */
export function explainedPairs() {
  return explained.cases.flatMap((conventions, i) => {
    const { logits, labels } = REFERENCE[i];
    const predictions = { probabilities: softmax(logits), labels, logits };
    const candidates = [
      ...topLabelCandidates(predictions, []),
      ...classwiseCandidates(predictions, []),
      ...scoreCandidates(predictions),
    ];
    return conventions.map(({ settings, value }) => ({
      settings,
      pair: [only(candidates, settings).value, value] as const,
    }));
  });
}

function only(candidates: readonly Candidate[], settings: object): Candidate {
  const found = candidates.filter((candidate) =>
    !("threshold" in candidate.settings) &&
    Object.entries(settings).every(([key, value]) =>
      candidate.settings[key] === value
    )
  );
  if (found.length === 1) return found[0];
  throw new Error(`${found.length} conventions: ${JSON.stringify(settings)}`);
}

/** The deviation of the conventions that only `explainNumber()` has. */
export function explainDeviations(): Deviation[] {
  const pairs = explainedPairs();
  const names = ["numpy", "scikit-learn", "torch"];
  return [{
    name: "explainNumber",
    library: libraries(explained.versions, names),
    compared: `${pairs.length} numbers by other conventions`,
    largest: largest(pairs.map(({ pair }) => pair)),
  }];
}
