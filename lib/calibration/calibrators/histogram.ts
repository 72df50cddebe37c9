import { checkRange, checkWhole } from "../../bad_input.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { binEdges } from "../bins.ts";
import { checkLogits } from "../check.ts";
import type { Calibrator, CalibratorSettings } from "./calibrator.ts";
import { describePoints, neverPredicted } from "./isotonic.ts";
import { absentClasses, foundProblems } from "./parts/problems.ts";
import {
  checkCurves,
  type CurveParameters,
  curvesCode,
  joinCurves,
  splitCurves,
} from "./parts/curves.ts";
import { applyOneVersusRest, fitEachClass } from "./parts/one_versus_rest.ts";

/** Numbers of bins, of equal width or equal count, to choose from. */
const CHOICES: readonly CalibratorSettings[] = [5, 10, 15, 20]
  .flatMap((bins) => [0, 1].map((equalCount) => ({ bins, equalCount })));

/**
 * Histogram binning, one class against all others: the probability of a class becomes
 * the share of hits of its bin (low, high], and each row is divided by its sum. There
 * are `bins` (10) of equal width, or with `equalCount: 1` of about the same number of rows; the first
 * also contains 0. An empty bin keeps its middle.
 *
 * A bin can have no hits, and a test row whose label gets probability 0 has a huge log
 * loss. A logit of -Infinity stays, and has no part in the fit.
 *
 * @see B. Zadrozny and C. Elkan, "Obtaining Calibrated Probability Estimates from
 * Decision Trees and Naive Bayesian Classifiers", ICML 2001; C. Guo et al., "On
 * Calibration of Modern Neural Networks", ICML 2017, section 4.2, for several classes
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * import { histogramBinning } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0], [0, 4], [0, 4]]);
 * const labels = Int32Array.of(0, 0, 0, 1, 1, 0);
 * const { apply } = histogramBinning.fit(logits, labels, { bins: 10, equalCount: 0 });
 * const { data } = softmax(apply(logitsOf([[5, 0], [0, 5]])));
 * strictEqual(data[0].toFixed(4), "0.7500");
 * strictEqual(data[3].toFixed(4), "0.5000");
 * ```
 */
export const histogramBinning: Calibrator<CurveParameters> = {
  name: "histogram",
  title: "histogram binning",
  participle: "binned",
  choices: CHOICES,
  describe: ({ counts }) => describePoints(counts).replace("points", "bins"),
  fit(logits, labels, { bins = 10, equalCount = 0 } = {}) {
    checkLogits("Cannot fit histogram binning", logits, labels);
    checkWhole("bins", bins, 1);
    checkRange("equalCount", equalCount, { low: 0, high: 1 });
    const curves = fitEachClass(
      logits,
      labels,
      ({ p, hits }) =>
        shares(p, hits, equalCount ? quantiles(p, bins) : binEdges(bins)),
    );
    const parameters = joinCurves(curves);
    return {
      parameters,
      ...foundProblems(neverPredicted(absentClasses(logits, labels))),
      apply: (others) => applyHistogram(parameters, others),
    };
  },
  apply: applyHistogram,
  check: checkCurves,
  code: (parameters) => ({
    constants: curvesCode(parameters),
    body: "return oneVersusRest(z, (p, _, k) => step(xs[k], ys[k], p));",
  }),
};

/** Distinct edges that cut the probabilities into parts of equal count, from 0 to 1. */
function quantiles(p: Float64Array, bins: number): Float64Array {
  const sorted = p.toSorted();
  const inner = Array.from({ length: bins - 1 }, (_, i) => {
    const place = (i + 1) / bins * (sorted.length - 1);
    const below = Math.floor(place);
    const next = sorted[Math.min(below + 1, sorted.length - 1)];
    return sorted[below] + (place - below) * (next - sorted[below]);
  });
  const edges = inner.filter((edge) => edge > 0 && edge < 1);
  return Float64Array.from(new Set([0, ...edges, 1]));
}

/** The upper edge of each bin, and its share of hits. */
function shares(p: Float64Array, hits: Uint8Array, edges: Float64Array) {
  const x = Array.from(edges.subarray(1));
  const rows = new Float64Array(x.length);
  const found = new Float64Array(x.length);
  for (let i = 0; i < p.length; i++) {
    const bin = firstAtLeast(x, p[i]);
    rows[bin]++;
    found[bin] += hits[i];
  }
  const y = x.map((high, bin) =>
    rows[bin] > 0 ? found[bin] / rows[bin] : (edges[bin] + high) / 2
  );
  return { x, y };
}

function applyHistogram(
  parameters: CurveParameters,
  logits: Logits,
): Logits<Float64Array> {
  const curves = splitCurves(parameters);
  return applyOneVersusRest(logits, (p, _, k) => {
    const { x, y } = curves[k];
    return y[firstAtLeast(x, p)];
  });
}

/** Index of the first value that is at least `at`; the last index if there is none. */
function firstAtLeast(x: readonly number[], at: number): number {
  let low = 0;
  let high = x.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
