import type { Logits } from "../../matrix_kinds.ts";
import { checkLogits } from "../check.ts";
import type { Calibrator, FitProblem } from "./calibrator.ts";
import { absentClasses, foundProblems, withoutRows } from "./parts/problems.ts";
import {
  checkCurves,
  type CurveParameters,
  curvesCode,
  joinCurves,
  type Points,
  splitCurves,
} from "./parts/curves.ts";
import {
  applyOneVersusRest,
  type BinaryRows,
  fitEachClass,
} from "./parts/one_versus_rest.ts";
import { poolAdjacent } from "./parts/pool_adjacent.ts";

/**
 * Isotonic regression, one class against all others: a rising curve maps the probability
 * of each class, and each row is divided by its sum. The curve is linear between the
 * steps that the pool-adjacent-violators algorithm finds, and constant outside.
 *
 * A curve can reach 0, and a test row whose label gets probability 0 has a huge log
 * loss. A logit of -Infinity stays, and has no part in the fit.
 *
 * @see B. Zadrozny and C. Elkan, "Transforming Classifier Scores into Accurate
 * Multiclass Probability Estimates", KDD 2002
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * import { isotonicRegression } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0], [0, 4], [0, 4]]);
 * const labels = Int32Array.of(0, 0, 0, 1, 1, 0);
 * const { apply } = isotonicRegression.fit(logits, labels);
 * const { data } = softmax(apply(logitsOf([[4, 0], [0, 4]])));
 * strictEqual(data[0].toFixed(4), "0.7500");
 * strictEqual(data[3].toFixed(4), "0.5000");
 * ```
 */
export const isotonicRegression: Calibrator<CurveParameters> = {
  name: "isotonic",
  title: "isotonic regression",
  participle: "isotonic",
  describe: ({ counts }) => describePoints(counts),
  fit(logits, labels) {
    checkLogits("Cannot fit isotonic regression", logits, labels);
    const curves = fitEachClass(logits, labels, fitCurve);
    const parameters = joinCurves(curves);
    return {
      parameters,
      ...foundProblems(neverPredicted(absentClasses(logits, labels))),
      apply: (others) => applyIsotonic(parameters, others),
    };
  },
  apply: applyIsotonic,
  check: checkCurves,
  code: (parameters) => ({
    constants: curvesCode(parameters),
    body: "return oneVersusRest(z, (p, _, k) => interpolate(xs[k], ys[k], p));",
  }),
};

/** The problem of classes whose curve is 0 everywhere, if there are any. */
export function neverPredicted(absent: readonly number[]): FitProblem[] {
  return absent.length > 0
    ? [withoutRows(absent, "their probability becomes 0")]
    : [];
}

/** "37 points". */
export function describePoints(counts: readonly number[]): string {
  return `${counts.reduce((sum, count) => sum + count, 0)} points`;
}

function fitCurve({ p, hits }: BinaryRows): Points {
  // A class that is masked in every row has no curve.
  if (p.length === 0) return { x: [0], y: [0] };
  return poolAdjacent(p, hits);
}

function applyIsotonic(
  parameters: CurveParameters,
  logits: Logits,
): Logits<Float64Array> {
  const curves = splitCurves(parameters);
  return applyOneVersusRest(logits, (p, _, k) => interpolate(curves[k], p));
}

/** Linear between the points, constant outside. */
function interpolate({ x, y }: Points, at: number): number {
  const last = x.length - 1;
  if (at <= x[0]) return y[0];
  if (at >= x[last]) return y[last];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] < at) low = middle;
    else high = middle;
  }
  return y[low] + (y[high] - y[low]) / (x[high] - x[low]) * (at - x[low]);
}
