import { BadInput, checkRange } from "../../bad_input.ts";
import { asLogits, type Logits } from "../../matrix_kinds.ts";
import { checkLogits } from "../check.ts";
import { logitsLogLoss } from "../scores.ts";
import type { Calibrator, FitProblem } from "./calibrator.ts";
import { checkParameters } from "./parts/check_parameters.ts";
import {
  everyLabelIsLargest,
  findTemperature,
  type TemperatureBounds,
} from "./temperature_search.ts";
import { foundProblems } from "./parts/problems.ts";

/** A fitted temperature and its log loss. */
export interface TemperatureFit {
  /** Temperature with the smallest log loss. */
  readonly temperature: number;
  /** Log loss at that temperature on the rows of the fit, in nats. */
  readonly logLoss: number;
  /**
   * Whether there is no minimum, or none between the bounds, and the loss still falls
   * beyond `temperature`: with bounds this is then one of them, without bounds a number
   * for almost certain or almost uniform predictions.
   */
  readonly atBound: boolean;
}

/**
 * The temperature T that minimises the log loss of `softmax(logits / T)`.
 *
 * The loss is convex in 1/T, so its derivative changes sign at most once. Newton steps
 * in log T, safeguarded by bisection, find that point in float64, whatever the size of
 * the logits; with at least 50,000 rows they start from the temperature of 10,000 of
 * them. There is no minimum if every label has the largest logit of its row, or if the
 * logits of labels are on average no larger than others. If all temperatures have the
 * same loss (all logits of each row are equal), the result is 1 or the nearest bound.
 *
 * @param logits `[n, classes]`, finite or -Infinity, of rows the model was not trained
 * on
 * @param labels `[n]`, class indices
 * @param bounds of the temperature (none)
 * @throws {BadInput} for no rows, NaN or Infinity among the logits, labels out
 * of range, labels with a logit of -Infinity, or bounds that are not `0 < low < high`
 * @see C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017,
 * section 4.2
 *
 * @example
 * ```ts
 * import { ok, strictEqual } from "node:assert/strict";
 * import { fitTemperature, logitsOf } from "@ils/label-smoothing/calibration";
 * // Three of four are right: the best T gives class 0 a probability of 3/4.
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
 * const fit = fitTemperature(logits, Int32Array.of(0, 0, 0, 1));
 * ok(Math.abs(fit.temperature - 4 / Math.log(3)) < 1e-9);
 * strictEqual(fit.atBound, false);
 * ```
 */
export function fitTemperature(
  logits: Logits,
  labels: Int32Array,
  bounds?: TemperatureBounds,
): TemperatureFit {
  if (bounds !== undefined) checkBounds(bounds);
  checkLogits("Cannot fit a temperature", logits, labels);
  const { temperature, atBound } = findTemperature(logits, labels, bounds);
  const logLoss = logitsLogLoss(logits, labels, temperature);
  return { temperature, logLoss, atBound };
}

/** The number that temperature scaling fits. */
export type TemperatureParameters = { readonly temperature: number };

/**
 * Temperature scaling as a calibrator: divides logits by the temperature from
 * `fitTemperature()` without bounds.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * import { temperatureScaling } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
 * const labels = Int32Array.of(0, 0, 0, 1);
 * const { parameters, apply } = temperatureScaling.fit(logits, labels);
 * strictEqual(parameters.temperature.toFixed(2), "3.64");
 * strictEqual(softmax(apply(logits)).data[0].toFixed(4), "0.7500");
 * ```
 */
export const temperatureScaling: Calibrator<TemperatureParameters> = {
  name: "temperature",
  title: "temperature scaling",
  participle: "scaled",
  describe: describeTemperature,
  fit(logits, labels) {
    const { temperature, atBound } = fitTemperature(logits, labels);
    return {
      parameters: { temperature },
      atBound,
      ...foundProblems(atBound ? [noMinimum(logits, labels)] : []),
      apply: (others) => scaleLogits(others, temperature),
    };
  },
  apply: ({ temperature }, logits) => scaleLogits(logits, temperature),
  check: (parameters) => checkParameters(parameters, TEMPERATURE_RULES),
  code: ({ temperature }) => ({
    constants: `const temperature = ${temperature};`,
    body: "return z.map((x) => x / temperature);",
  }),
};

/** Rules of `checkParameters()` for a temperature. */
export const TEMPERATURE_RULES = {
  temperature: { least: 0, above: true },
} as const;

/** "T = 1.539", with an exponent if it would be long or lose its digits. */
export function describeTemperature(
  { temperature }: TemperatureParameters,
  digits: number,
): string {
  const plain = temperature >= 10 ** -(digits - 1) && temperature < 1e5;
  return `T = ${
    plain ? temperature.toFixed(digits) : temperature.toExponential(digits)
  }`;
}

/** Why no temperature minimises the log loss. */
export function noMinimum(logits: Logits, labels: Int32Array): FitProblem {
  const reason = everyLabelIsLargest(logits, labels)
    ? "every validation row is predicted right, so the log loss falls without end " +
      "as T falls: fit on more rows, none of which the model was trained on"
    : "the logits of the labels are on average no larger than others, so the log " +
      "loss falls without end as T grows: are logits and labels in the same order?";
  return { kind: "no minimum", reason };
}

/**
 * `(z - max z) / T` of each row, in float64. Their softmax equals
 * `softmax(logits, temperature)` to the last bit. Quotients that overflow become the
 * smallest finite number; -Infinity stays.
 */
export function scaleLogits(
  { data, rows, columns }: Logits,
  temperature: number,
): Logits<Float64Array> {
  const scaled = new Float64Array(rows * columns);
  for (let start = 0; start < scaled.length; start += columns) {
    let largest = data[start];
    for (let k = start + 1; k < start + columns; k++) {
      if (data[k] > largest) largest = data[k];
    }
    for (let k = start; k < start + columns; k++) {
      const value = (data[k] - largest) / temperature;
      scaled[k] = data[k] === -Infinity
        ? -Infinity
        : Math.max(value, -Number.MAX_VALUE);
    }
  }
  return asLogits({ data: scaled, rows, columns });
}

function checkBounds({ low, high }: TemperatureBounds): void {
  const what = "Cannot fit a temperature as the lower bound";
  checkRange(what, low, { low: 0, high: Infinity, lowOpen: true });
  if (low < high && high < Infinity) return;
  throw new BadInput(
    `Cannot fit a temperature as the upper bound must be finite and above ${low}: current value is ${high}`,
  );
}
