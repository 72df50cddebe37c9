import { cholesky, solveCholesky } from "../../../statistics/cholesky.ts";
import { minimise, type Objective } from "./lbfgs.ts";
import type { BinaryRows } from "./one_versus_rest.ts";

/** One class of Beta calibration. */
export interface BetaCurve {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly state: "fitted" | "separated" | "unconverged";
}

/** The curve that leaves probabilities as they are. */
const UNCHANGED = { a: 1, b: 1, c: 0 };
/** Which of a, b and c may differ from 0, in the order in which they are tried. */
const FREE = [
  [true, true, true],
  [false, true, true],
  [true, false, true],
  [false, false, true],
];
/** Probabilities are clipped to this distance from 0. */
const EDGE = Number.EPSILON;

/**
 * Fits `1 / (1 + exp(-(a log p - b log(1 - p) + c)))` to hits: the smallest log loss
 * with a and b at least 0. The loss is convex, so if a factor is negative without that
 * restriction, the minimum has a factor of 0.
 */
export function fitBetaCurve({ p, rest, hits }: BinaryRows): BetaCurve {
  // A class that is masked in every row has nothing to fit.
  if (p.length === 0) return { ...UNCHANGED, state: "fitted" };
  if (isSeparated(p, rest, hits)) return { ...UNCHANGED, state: "separated" };
  const features = new Float64Array(3 * p.length);
  for (let i = 0; i < p.length; i++) {
    features[3 * i] = Math.log(Math.max(p[i], EDGE));
    features[3 * i + 1] = -Math.log(Math.max(rest[i], EDGE));
    features[3 * i + 2] = 1;
  }
  const fits = [];
  for (const free of FREE) {
    const fit = fitFree(features, hits, free);
    const [a, b, c] = fit.at;
    if (a < 0 || b < 0) continue;
    const state = fit.converged ? "fitted" : "unconverged";
    if (free[0] && free[1]) return { a, b, c, state };
    fits.push({ a, b, c, state, loss: fit.value } as const);
  }
  const { loss: _, ...best } = fits
    .reduce((least, fit) => fit.loss < least.loss ? fit : least);
  return best;
}

/** Whether every hit is above all others; or there are no hits, or only hits. */
function isSeparated(
  p: Float64Array,
  rest: Float64Array,
  hits: Uint8Array,
): boolean {
  let lowestHit = Infinity;
  let highestMiss = -Infinity;
  for (let i = 0; i < p.length; i++) {
    const score = Math.log(p[i]) - Math.log(rest[i]);
    if (hits[i]) lowestHit = Math.min(lowestHit, score);
    else highestMiss = Math.max(highestMiss, score);
  }
  return lowestHit > highestMiss;
}

function fitFree(
  features: Float64Array,
  hits: Uint8Array,
  free: readonly boolean[],
) {
  const start = Float64Array.from(free, (f, j) => f && j < 2 ? 1 : 0);
  const block = curvature(features, hits.length, start);
  for (let j = 0; j < 3; j++) {
    block[4 * j] += 1e-9 * (1 + block[4 * j]);
    if (free[j]) continue;
    for (let k = 0; k < 3; k++) block[3 * j + k] = block[3 * k + j] = 0;
    block[4 * j] = 1;
  }
  const factor = cholesky(block, 3);
  return minimise(logisticLoss(features, hits, free), start, {
    precondition: (vector) => solveCholesky(factor, vector),
  });
}

/** The log loss as a function of a, b and c, of which some stay at 0. */
function logisticLoss(
  features: Float64Array,
  hits: Uint8Array,
  free: readonly boolean[],
): Objective {
  const n = hits.length;
  return (at, gradient) => {
    let [g0, g1, g2, total] = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const u = features[3 * i];
      const v = features[3 * i + 1];
      const score = at[0] * u + at[1] * v + at[2];
      // The margin of the wrong answer; exp() never overflows.
      const wrong = hits[i] ? -score : score;
      const small = Math.exp(-Math.abs(wrong));
      total += Math.max(wrong, 0) + Math.log1p(small);
      const chance = wrong > 0 ? 1 / (1 + small) : small / (1 + small);
      const residual = hits[i] ? -chance : chance;
      g0 += residual * u;
      g1 += residual * v;
      g2 += residual;
    }
    gradient[0] = free[0] ? g0 / n : 0;
    gradient[1] = free[1] ? g1 / n : 0;
    gradient[2] = g2 / n;
    return total / n;
  };
}

/** Second derivatives of the loss, `[3, 3]`. */
function curvature(
  features: Float64Array,
  n: number,
  at: Float64Array,
): Float64Array {
  const block = new Float64Array(9);
  for (let i = 0; i < n; i++) {
    const x = features.subarray(3 * i, 3 * i + 3);
    const score = at[0] * x[0] + at[1] * x[1] + at[2] * x[2];
    const small = Math.exp(-Math.abs(score));
    const weight = small / (1 + small) ** 2 / n;
    for (let j = 0; j < 3; j++) {
      for (let k = 0; k < 3; k++) block[3 * j + k] += weight * x[j] * x[k];
    }
  }
  return block;
}
