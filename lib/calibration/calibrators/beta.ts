import type { Logits } from "../../matrix_kinds.ts";
import { checkLogits } from "../check.ts";
import { listedClasses } from "../listed_classes.ts";
import type { Calibrator, FitProblem } from "./calibrator.ts";
import { absentClasses, foundProblems, withoutRows } from "./parts/problems.ts";
import { type BetaCurve, fitBetaCurve } from "./parts/beta_curve.ts";
import { checkParameters } from "./parts/check_parameters.ts";
import { describeRange } from "./parts/describe_range.ts";
import { applyOneVersusRest, fitEachClass } from "./parts/one_versus_rest.ts";

/** The numbers that Beta calibration fits, one of each per class. */
export type BetaParameters = {
  /** Factor of log p, at least 0. */
  readonly a: readonly number[];
  /** Factor of -log(1 - p), at least 0. */
  readonly b: readonly number[];
  /** Summand. */
  readonly c: readonly number[];
};

/** Probabilities are clipped to [EDGE, 1 - EDGE]. */
const EDGE = Number.EPSILON;

/**
 * Beta calibration, one class against all others: the probability p of each class
 * becomes `1 / (1 + exp(-(a log p - b log(1 - p) + c)))` with a and b at least 0, the
 * logistic regression with the smallest log loss, and each row is divided by its sum.
 *
 * The probabilities of a class stay as they are if no validation row has its label, or
 * a threshold separates it from all others. A logit of -Infinity stays, and has no part
 * in the fit.
 *
 * @see M. Kull, T. Silva Filho and P. Flach, "Beta calibration: a well-founded and
 * easily implemented improvement on logistic calibration for binary classifiers",
 * AISTATS 2017
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * import { betaCalibration } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0], [0, 4], [0, 4]]);
 * const labels = Int32Array.of(0, 0, 0, 1, 1, 0);
 * const { apply } = betaCalibration.fit(logits, labels);
 * const { data } = softmax(apply(logitsOf([[4, 0], [0, 4]])));
 * strictEqual(data[0].toFixed(4), "0.7500");
 * strictEqual(data[3].toFixed(4), "0.5000");
 * ```
 */
export const betaCalibration: Calibrator<BetaParameters> = {
  name: "beta",
  title: "Beta calibration",
  participle: "Beta-calibrated",
  describe: ({ a }, digits) => describeRange("a", a, digits),
  fit(logits, labels) {
    checkLogits("Cannot fit Beta calibration", logits, labels);
    const curves = fitEachClass(logits, labels, fitBetaCurve);
    const parameters = {
      a: curves.map(({ a }) => a),
      b: curves.map(({ b }) => b),
      c: curves.map(({ c }) => c),
    };
    const problems = problemsOf(curves, absentClasses(logits, labels));
    return {
      parameters,
      ...foundProblems(problems),
      apply: (others) => applyBeta(parameters, others),
    };
  },
  apply: applyBeta,
  check(parameters, classes) {
    const factor = { count: classes, least: 0 };
    checkParameters(parameters, {
      a: factor,
      b: factor,
      c: { count: classes },
    });
  },
  code: ({ a, b, c }) => ({
    constants: `const a = ${JSON.stringify(a)};
const b = ${JSON.stringify(b)};
const c = ${JSON.stringify(c)};`,
    body: `return oneVersusRest(z, (p, rest, k) => {
  const own = Math.log(Math.max(p, ${EDGE}));
  const others = Math.log(Math.max(rest, ${EDGE}));
  return 1 / (1 + Math.exp(b[k] * others - a[k] * own - c[k]));
});`,
  }),
};

const KEPT = "its probabilities stay as they are";

function problemsOf(
  curves: readonly BetaCurve[],
  absent: readonly number[],
): FitProblem[] {
  const problems = absent.length > 0 ? [withoutRows(absent, KEPT)] : [];
  const separated = curves.flatMap(({ state }, k) =>
    state === "separated" && !absent.includes(k) ? [k] : []
  );
  if (separated.length > 0) {
    const many = separated.length > 1;
    const reason = `a threshold separates the ${many ? "classes" : "class"} ` +
      `${
        listedClasses(separated)
      } from all others, so the log loss falls without ` +
      `end as ${
        many ? "their curves grow" : "its curve grows"
      } steeper: ${KEPT}`;
    problems.push({ kind: "no minimum", reason });
  }
  const stopped = curves.flatMap(({ state }, k) =>
    state === "unconverged" ? [k] : []
  );
  if (stopped.length > 0) {
    const reason = `the search stopped before it reached the minimum of ` +
      `the log loss, in class ${listedClasses(stopped)}`;
    problems.push({ kind: "unconverged", reason });
  }
  return problems;
}

function applyBeta(
  { a, b, c }: BetaParameters,
  logits: Logits,
): Logits<Float64Array> {
  return applyOneVersusRest(
    logits,
    (p, rest, k) => 1 / (1 + Math.exp(b[k] * log(rest) - a[k] * log(p) - c[k])),
  );
}

function log(p: number): number {
  return Math.log(Math.max(p, EDGE));
}
