import { checkWhole } from "../bad_input.ts";
import { softmax } from "../logits/softmax.ts";
import { stream } from "../random.ts";
import { reliability, type ReliabilityBin, topLabels } from "./bins.ts";
import { checkBins, checkLogits } from "./check.ts";
import type { Difference } from "./compare_calibrators.ts";
import type { FittedLogits } from "./compare_models.ts";
import type { Predictions } from "./metrics.ts";
import { forEachResample } from "./resampling/for_each_resample.ts";
import {
  type ReliabilityIntervals,
  reliabilityReplicates,
} from "./resampling/reliability_replicates.ts";
import { riskCoverage, type RiskPoint } from "./risk_coverage.ts";

/** A bin of a reliability diagram with the interval of its accuracy. */
export interface BandedBin extends ReliabilityBin {
  /** Lower end; NaN for an empty bin, or without resamples. */
  readonly accuracyLow: number;
  /** Upper end. */
  readonly accuracyHigh: number;
}

/** The diagrams of one model before or after calibration. */
export interface ModelDiagram {
  /** All bins, including empty ones. */
  readonly bins: readonly BandedBin[];
  /** Mean confidence less accuracy: above 0 for an overconfident model. */
  readonly confidenceGap: Difference;
  /**
   * ECE that a calibrated model with the same confidences exceeds by chance in one of 20
   * cases; NaN without resamples.
   */
  readonly chanceEce: number;
  /** Risk against coverage. */
  readonly curve: readonly RiskPoint[];
}

/** Settings of `modelDiagrams()`. */
export interface ModelDiagramsOptions {
  /** Number of bins. */
  readonly bins: number;
  /** Number of bootstrap resamples; 0 for no bands (1000). */
  readonly resamples?: number;
  /** Seed of the resamples (1). */
  readonly seed?: number;
  /** Points of a risk-coverage curve (100). */
  readonly points?: number;
  /** Called now and then with the number of finished resamples. */
  readonly onProgress?: (finished: number, resamples: number) => void;
}

/** Share of the resamples inside a band. */
const LEVEL = 0.95;

/**
 * Reliability diagrams with bootstrap bands, and risk-coverage curves, of models before
 * and after calibration.
 *
 * A band is the percentile interval (95 %) of a bin's accuracy over resamples of the rows;
 * those without a row in the bin do not count. The resamples are those of
 * `compareModels()` with the same seed. `chanceEce` is the 95th percentile of the ECE of
 * the same rows if each prediction is right with the probability of its confidence.
 *
 * @param models logits of the same rows and classes
 * @param labels `[n]`, class indices
 * @param options bins and resamples
 * @returns for each model its diagrams: uncalibrated, then after each calibrator
 * @throws {BadInput} for rows or settings that `compareModels()` refuses
 * @see J. Bröcker and L. A. Smith, "Increasing the Reliability of Reliability Diagrams",
 * Weather and Forecasting 22, 2007
 *
 * @example
 * ```ts
 * import { ok, strictEqual } from "node:assert/strict";
 * import { logitsOf, modelDiagrams } from "@ils/label-smoothing/calibration";
 * // Right for 75 %, at a confidence of 98 %.
 * const labels = Int32Array.from({ length: 40 }, (_, i) => i % 4 === 0 ? 1 : 0);
 * const model = { logits: logitsOf(Array(40).fill([4, 0])), fits: [] };
 * const [[{ bins, confidenceGap, chanceEce }]] = await modelDiagrams(
 *   [model],
 *   labels,
 *   { bins: 10 },
 * );
 * const { count, accuracy, accuracyLow, accuracyHigh } = bins[9];
 * strictEqual(count, 40);
 * ok(accuracyLow < accuracy && accuracy < accuracyHigh && accuracyHigh < 0.98);
 * ok(confidenceGap.low > 0, "overconfident");
 * ok(chanceEce < confidenceGap.value, "not by chance");
 * ```
 */
export async function modelDiagrams(
  models: readonly FittedLogits[],
  labels: Int32Array,
  options: ModelDiagramsOptions,
): Promise<ModelDiagram[][]> {
  const { bins, resamples = 1000, seed = 1, points, onProgress } = options;
  checkBins(bins);
  checkWhole("Number of resamples", resamples, 0);
  const versions = models.map(({ logits, fits }) => {
    checkLogits("Cannot draw diagrams", logits, labels);
    return [logits, ...fits.map(({ apply }) => apply(logits))]
      .map((logits) => ({ probabilities: softmax(logits), labels }));
  });
  const replicates = versions.map((own) =>
    own.map((version) => reliabilityReplicates(version, { bins, resamples }))
  );
  const uniform = new Float64Array(labels.length);
  await forEachResample(
    labels.length,
    { resamples, seed, onProgress },
    (weights, b) => {
      const random = stream(seed, `calibrated/${b}`);
      for (let i = 0; i < uniform.length; i++) uniform[i] = random.uniform();
      for (const one of replicates.flat()) one.add(b, weights, uniform);
    },
  );
  return versions.map((own, m) =>
    own.map((version, v) =>
      diagramOf(version, replicates[m][v].intervals(LEVEL), { bins, points })
    )
  );
}

function diagramOf(
  { probabilities, labels }: Predictions,
  { accuracy, confidenceGap, chanceEce }: ReliabilityIntervals,
  { bins, points }: { bins: number; points: number | undefined },
): ModelDiagram {
  const { confidence, correct } = topLabels(probabilities, labels);
  const gaps = confidence.map((p, i) => p - correct[i]);
  const value = gaps.reduce((sum, gap) => sum + gap, 0) / labels.length;
  return {
    bins: reliability(probabilities, labels, bins).map((bin, k) => ({
      ...bin,
      accuracyLow: accuracy[k].low,
      accuracyHigh: accuracy[k].high,
    })),
    confidenceGap: { value, ...confidenceGap },
    chanceEce,
    curve: riskCoverage(confidence, correct, points).curve,
  };
}
