import { asLogits, type Logits } from "../../matrix_kinds.ts";
import { checkLogits } from "../check.ts";
import { logitsLogLoss } from "../scores.ts";
import type { Calibrator } from "./calibrator.ts";
import { checkParameters } from "./parts/check_parameters.ts";
import {
  describeTemperature,
  noMinimum,
  TEMPERATURE_RULES,
} from "./temperature.ts";
import { findTemperature } from "./temperature_search.ts";
import { foundProblems } from "./parts/problems.ts";

/** The numbers that logit normalisation fits. */
export type LogitNormParameters = {
  /** p of the norm. */
  readonly norm: number;
  readonly temperature: number;
};

/** Norms that are tried, as `fitConfidenceNorm()` does. */
const NORMS = [1, 2, 3, 4, 5, 6, 7, 8];

/**
 * Logit normalisation: the mean of a row is subtracted, the row is divided by its
 * p-norm, and then by a temperature, `softmax((z - mean z) / (T ||z - mean z||_p))`.
 * Norm (1 to 8) and temperature have the smallest log loss. All rows get logits of the
 * same size, so only their shape counts. The predicted class does not change.
 *
 * A logit of -Infinity stays, and has no part in mean and norm.
 *
 * @see L. Cattelan and D. Silva, "How to Fix a Broken Confidence Estimator", UAI 2024;
 * H. Wei et al., "Mitigating Neural Network Overconfidence with Logit Normalization",
 * ICML 2022, who train with such logits
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { logitsOf, softmax } from "@ils/label-smoothing/logits";
 * import { logitNormalisation } from "@ils/label-smoothing/calibration";
 * const logits = logitsOf([[4, 0], [9, 0], [0, 1], [5, 0]]);
 * const { apply } = logitNormalisation.fit(logits, Int32Array.of(0, 0, 1, 1));
 * const { data } = softmax(apply(logits));
 * strictEqual(data[0].toFixed(4), "0.7500");
 * strictEqual(data[2], data[0]);
 * ```
 */
export const logitNormalisation: Calibrator<LogitNormParameters> = {
  name: "logit-norm",
  title: "logit normalisation",
  participle: "normalised",
  describe: ({ norm, temperature }, digits) =>
    `p = ${norm}, ${describeTemperature({ temperature }, digits)}`,
  fit(logits, labels) {
    checkLogits("Cannot fit logit normalisation", logits, labels);
    const fits = NORMS.map((norm) => {
      const rows = normalised(logits, norm);
      const { temperature, atBound } = findTemperature(rows, labels);
      const loss = logitsLogLoss(rows, labels, temperature);
      return { parameters: { norm, temperature }, atBound, loss };
    });
    const { parameters, atBound } = fits
      .reduce((least, fit) => fit.loss < least.loss ? fit : least);
    const rows = normalised(logits, parameters.norm);
    return {
      parameters,
      ...foundProblems(atBound ? [noMinimum(rows, labels)] : []),
      apply: (others) => applyNorm(parameters, others),
    };
  },
  apply: applyNorm,
  check: (parameters) =>
    checkParameters(parameters, {
      norm: { least: 1 },
      ...TEMPERATURE_RULES,
    }),
  code: ({ norm, temperature }) => ({
    constants: `const norm = ${norm};
const temperature = ${temperature};`,
    body: `const open = z.filter((x) => x > -Infinity);
const mean = open.reduce((sum, x) => sum + x, 0) / open.length;
const top = Math.max(...open) - mean;
if (!(top > 0)) return z.map((x) => x === -Infinity ? x : 0);
const powers = open
  .reduce((sum, x) => sum + Math.abs((x - mean) / top) ** norm, 0);
const size = temperature * top * powers ** (1 / norm);
return z.map((x) => (x - mean) / size);`,
  }),
};

function applyNorm(
  { norm, temperature }: LogitNormParameters,
  logits: Logits,
): Logits<Float64Array> {
  const rows = normalised(logits, norm);
  for (let at = 0; at < rows.data.length; at++) rows.data[at] /= temperature;
  return rows;
}

/** Rows of mean 0 and norm 1; equal logits become 0. */
function normalised(
  { data, rows, columns }: Logits,
  norm: number,
): Logits<Float64Array> {
  const out = new Float64Array(rows * columns);
  for (let start = 0; start < out.length; start += columns) {
    const end = start + columns;
    let sum = 0;
    let open = 0;
    let largest = -Infinity;
    for (let at = start; at < end; at++) {
      if (data[at] === -Infinity) continue;
      sum += data[at];
      open++;
      if (data[at] > largest) largest = data[at];
    }
    const mean = sum / open;
    const top = largest - mean;
    // Relative to the largest, so that powers neither overflow nor vanish.
    let powers = 0;
    for (let at = start; at < end; at++) {
      if (data[at] === -Infinity) continue;
      powers += Math.abs((data[at] - mean) / top) ** norm;
    }
    const size = top * powers ** (1 / norm);
    for (let at = start; at < end; at++) {
      if (data[at] === -Infinity) out[at] = -Infinity;
      else out[at] = top > 0 ? (data[at] - mean) / size : 0;
    }
  }
  return asLogits({ data: out, rows, columns });
}
