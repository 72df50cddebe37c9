import type { ConformalVariant } from "../../../lib/calibration/conformal/conformal_method.ts";
import { rankRows } from "../../../lib/calibration/conformal/ranked_rows.ts";
import { setMetrics } from "../../../lib/calibration/conformal/set_metrics.ts";
import {
  labelScores,
  scoreThreshold,
  setSizes,
} from "../../../lib/calibration/conformal/set_sizes.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import record from "../../fixtures/conformal_reference.json" with {
  type: "json",
};
import { REFERENCE } from "../reference.ts";
import { type Deviation, largest, libraries } from "./deviation.ts";

/** TorchCP's class of each score. */
const SOURCES = { thr: "LAC", aps: "APS", raps: "RAPS" } as const;

/** The random numbers of the reference, one per row. */
export function uniforms(
  n: number,
  factor: number,
  { randomised }: ConformalVariant,
): Float64Array {
  return Float64Array.from(
    { length: n },
    (_, i) => randomised ? ((i + 1) * factor) % 1 : 0,
  );
}

/** The deviation of thresholds, coverages and sizes of every conformal score. */
export function conformalDeviations(): Deviation[] {
  const pairs = conformalPairs();
  return Object.entries(SOURCES).flatMap(([method, source]) =>
    (["threshold", "coverage", "meanSize"] as const).map((what) => ({
      name: `${method}, ${what}`,
      library: libraries(record.versions, ["torchcp"]),
      compared: `SplitPredictor(${source})`,
      largest: largest(
        pairs.filter((one) => one.method === method).map((one) => one[what]),
      ),
    }))
  );
}

function conformalPairs() {
  return record.cases.flatMap(({ results }, c) => {
    const { logits, labels, validation } = REFERENCE[c];
    const fitted = rankRows(softmax(validation.logits), validation.labels);
    const test = rankRows(softmax(logits), labels);
    return results.map(({ targetCoverage, ...expected }) => {
      const variant = expected as unknown as ConformalVariant;
      const n = validation.labels.length;
      const threshold = scoreThreshold(
        labelScores(fitted, variant, uniforms(n, 0.6180339887498949, variant)),
        targetCoverage,
      );
      const forTest = uniforms(labels.length, 0.7548776662466927, variant);
      const sizes = setSizes(test, variant, forTest, threshold);
      const ours = setMetrics(test, labels, sizes, targetCoverage);
      return {
        method: variant.method,
        threshold: [threshold, expected.threshold] as const,
        coverage: [ours.coverage, expected.coverage] as const,
        meanSize: [ours.meanSize, expected.meanSize] as const,
      };
    });
  });
}
