import { checkWhole } from "../../bad_input.ts";
import { argMax, row } from "../../matrix.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { binEdges, binIndex } from "../bins.ts";
import { checkLogits } from "../check.ts";
import type { Calibrator, FitProblem } from "./calibrator.ts";
import {
  noMinimum,
  type TemperatureParameters,
  temperatureScaling,
} from "./temperature.ts";
import { findTemperature } from "./temperature_search.ts";
import { foundProblems } from "./parts/problems.ts";

/** Points per factor of 2, and number of such factors on both sides of the middle. */
const POINTS = 32;
const DOUBLINGS = 2;

/**
 * A temperature chosen by ECE: among 129 temperatures, from a quarter to four times the
 * one with the smallest log loss, the one with the smallest ECE on validation rows; the
 * closest to the middle on ties. Within each factor of 2, the grid is even in 1/T.
 *
 * Studies that report a temperature "by grid search" often mean this. ECE is not a
 * proper score: it depends on the bins, is noisy, and can be small for bad
 * probabilities. A logit of -Infinity stays.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { logitsOf } from "@ils/label-smoothing/logits";
 * import { temperatureByEce } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
 * const labels = Int32Array.of(0, 0, 0, 1);
 * const { parameters } = temperatureByEce.fit(logits, labels, { bins: 10 });
 * // 3.64 gives a confidence of 0.75, which is the accuracy.
 * ok(Math.abs(parameters.temperature - 3.64) < 0.01);
 * ```
 */
export const temperatureByEce: Calibrator<TemperatureParameters> = {
  ...temperatureScaling,
  name: "temperature-ece",
  title: "temperature by ECE",
  participle: "scaled by ECE",
  fit(logits, labels, { bins = 10 } = {}) {
    checkLogits("Cannot choose a temperature by ECE", logits, labels);
    checkWhole("bins", bins, 1);
    const middle = findTemperature(logits, labels);
    const factors = gridFactors();
    const errors = eceOfGrid(logits, labels, {
      sharpness: factors.map((factor) => factor / middle.temperature),
      bins,
    });
    const best = byDistance(factors.length)
      .reduce((best, i) => errors[i] < errors[best] ? i : best);
    const temperature = middle.temperature / factors[best];
    const problems = [
      ...(middle.atBound ? [noMinimum(logits, labels)] : []),
      ...(best === 0 || best === factors.length - 1 ? [atEnd()] : []),
    ];
    return {
      parameters: { temperature },
      ...foundProblems(problems),
      apply: (others) => temperatureScaling.apply({ temperature }, others),
    };
  },
};

/** Factors of 1/T in increasing order; the middle one is 1. */
function gridFactors(): number[] {
  const factors = [];
  for (let octave = -DOUBLINGS; octave < DOUBLINGS; octave++) {
    for (let i = 0; i < POINTS; i++) {
      factors.push(2 ** octave * (1 + i / POINTS));
    }
  }
  return [...factors, 2 ** DOUBLINGS];
}

/** Indices of a list, the middle one first and the ends last. */
function byDistance(length: number): number[] {
  const middle = (length - 1) / 2;
  return Array.from({ length }, (_, i) => i)
    .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || b - a);
}

function atEnd(): FitProblem {
  const reason = `the smallest ECE is at the end of the grid, a factor of ` +
    `${2 ** DOUBLINGS} from the temperature with the smallest log loss`;
  return { kind: "bound", reason };
}

/** The ECE at each sharpness 1/T of the grid. */
function eceOfGrid(
  logits: Logits,
  labels: Int32Array,
  { sharpness, bins }: { sharpness: readonly number[]; bins: number },
): number[] {
  const edges = binEdges(bins);
  const gaps = sharpness.map(() => new Float64Array(bins));
  const sums = new Float64Array(sharpness.length);
  for (let i = 0; i < logits.rows; i++) {
    const predicted = argMax(logits, i);
    sumExponentials(row(logits, i), predicted, sharpness, sums);
    const hit = predicted === labels[i] ? 1 : 0;
    for (let s = 0; s < sums.length; s++) {
      const confidence = 1 / sums[s];
      gaps[s][binIndex(confidence, edges)] += hit - confidence;
    }
  }
  return gaps.map((each) =>
    each.reduce((sum, gap) => sum + Math.abs(gap), 0) / logits.rows
  );
}

/**
 * Sums of `exp((z_k - max z) / T)` for each point of the grid. Between points at equal
 * distances, each exponential is the previous one times a constant, which is much
 * faster than to compute it.
 */
function sumExponentials(
  z: ArrayLike<number>,
  largest: number,
  sharpness: readonly number[],
  sums: Float64Array,
): void {
  sums.fill(0);
  for (let k = 0; k < z.length; k++) {
    const difference = z[k] - z[largest];
    if (difference === -Infinity) continue;
    for (let start = 0; start < sums.length; start += POINTS) {
      const end = Math.min(start + POINTS, sums.length);
      let term = Math.exp(difference * sharpness[start]);
      sums[start] += term;
      if (end - start === 1) break;
      const gap = sharpness[start + 1] - sharpness[start];
      const factor = Math.exp(difference * gap);
      for (let s = start + 1; s < end; s++) sums[s] += term *= factor;
    }
  }
}
