import { BadInput, checkRange } from "../../bad_input.ts";
import { asLogits, type Logits } from "../../matrix_kinds.ts";
import { checkLogits } from "../check.ts";
import { logitsLogLoss } from "../scores.ts";
import type { Calibrator } from "./calibrator.ts";
import {
  findTemperature,
  type TemperatureBounds,
} from "./temperature_search.ts";

/** Default bounds of a fit. */
const TEMPERATURE_BOUNDS: TemperatureBounds = { low: 0.05, high: 20 };

/** A fitted temperature and its log loss. */
export interface TemperatureFit {
  /** Temperature with the smallest log loss. */
  readonly temperature: number;
  /** Log loss at that temperature on the rows of the fit, in nats. */
  readonly logLoss: number;
  /**
   * Whether there is no minimum between the bounds; `temperature` is then exactly the
   * bound towards which the loss falls.
   */
  readonly atBound: boolean;
}

/**
 * The temperature T that minimises the log loss of `softmax(logits / T)`.
 *
 * The loss is convex in 1/T, so its derivative changes sign at most once. Newton steps
 * in log T, safeguarded by bisection, find that point in float64; with at least 50,000
 * rows they start from the temperature of 10,000 of them. If all temperatures
 * have the same loss (all logits of each row are equal), the result is 1 or the nearest
 * bound.
 *
 * @param logits `[n, classes]`, finite or -Infinity, of rows the model was not trained
 * on
 * @param labels `[n]`, class indices
 * @param bounds of the temperature (0.05 to 20)
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
  bounds: TemperatureBounds = TEMPERATURE_BOUNDS,
): TemperatureFit {
  checkBounds(bounds);
  checkLogits("Cannot fit a temperature", logits, labels);
  const { temperature, atBound } = findTemperature(logits, labels, bounds);
  const logLoss = logitsLogLoss(logits, labels, temperature);
  return { temperature, logLoss, atBound };
}

/**
 * Temperature scaling as a calibrator: divides logits by the temperature from
 * `fitTemperature()` with default bounds.
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
export const temperatureScaling: Calibrator<{ readonly temperature: number }> =
  {
    name: "temperature",
    title: "temperature scaling",
    participle: "scaled",
    describe: ({ temperature }, digits) => `T = ${temperature.toFixed(digits)}`,
    fit(logits, labels) {
      const { temperature, atBound } = fitTemperature(logits, labels);
      const apply = (others: Logits) => scaleLogits(others, temperature);
      return { parameters: { temperature }, atBound, apply };
    },
  };

/**
 * `(z - max z) / T` of each row, in float64. Their softmax equals
 * `softmax(logits, temperature)` to the last bit. Quotients that overflow become the
 * smallest finite number; -Infinity stays.
 */
function scaleLogits(
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
