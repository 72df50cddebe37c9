import type { Neighbours } from "./neighbours.ts";

/**
 * A sparse symmetric matrix with a zero diagonal, stored as its nonzero entries above
 * the diagonal. Those of row `i` have indices `offsets[i]` to `offsets[i + 1] - 1`
 * and columns greater than `i`.
 */
export interface SymmetricSparse {
  readonly offsets: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** Largest accepted error of a row's entropy, in nats. */
const ENTROPY_TOLERANCE = 1e-6;

/**
 * Conditional probabilities `p_(j|i) = exp(-beta_i d_ij^2) / sum_k
 * exp(-beta_i d_ik^2)` over the neighbours of each row, with `beta_i` chosen so that
 * the row's perplexity `exp(-sum_j p log p)` is `perplexity` (van der Maaten and
 * Hinton 2008, equation 1).
 *
 * If more neighbours than `perplexity` share the smallest distance, no `beta_i` is
 * large enough; the row's probability is then spread evenly over them.
 *
 * @param perplexity in (1, count)
 * @returns `[n, count]`, rows sum to 1
 */
export function conditionalProbabilities(
  neighbours: Neighbours,
  perplexity: number,
): Float64Array {
  const { count, squaredDistances } = neighbours;
  const result = new Float64Array(squaredDistances.length);
  for (let at = 0; at < result.length; at += count) {
    fitRow(
      squaredDistances.subarray(at, at + count),
      Math.log(perplexity),
      result.subarray(at, at + count),
    );
  }
  return result;
}

/** Bisects `beta` on a scale that doubles until the entropy is bracketed. */
function fitRow(
  squaredDistances: Float64Array,
  targetEntropy: number,
  result: Float64Array,
): void {
  let total = 0;
  for (const distance of squaredDistances) {
    total += distance - squaredDistances[0];
  }
  let beta = total > 0 ? squaredDistances.length / total : 1;
  let low = 0;
  let high = Infinity;
  // 200 steps reach any double; a typical row takes about 20.
  for (let step = 0; step < 200; step++) {
    const excess = fillRow(squaredDistances, beta, result) - targetEntropy;
    if (Math.abs(excess) < ENTROPY_TOLERANCE) return;
    if (excess > 0) low = beta;
    else high = beta;
    const next = high === Infinity ? 2 * beta : (low + high) / 2;
    if (next === beta || next === Infinity) return;
    beta = next;
  }
}

/** Fills one row for `beta` and returns its entropy in nats. */
function fillRow(
  squaredDistances: Float64Array,
  beta: number,
  result: Float64Array,
): number {
  // Relative to the nearest neighbour, so that the sum is at least 1.
  const nearest = squaredDistances[0];
  let sum = 0;
  let weighted = 0;
  for (let k = 0; k < result.length; k++) {
    const exponent = beta * (squaredDistances[k] - nearest);
    result[k] = Math.exp(-exponent);
    sum += result[k];
    weighted += exponent * result[k];
  }
  for (let k = 0; k < result.length; k++) result[k] /= sum;
  return Math.log(sum) + weighted / sum;
}

/**
 * Joint probabilities `p_ij = (p_(j|i) + p_(i|j)) / 2n`. They sum to 1 over all
 * ordered pairs.
 *
 * @param conditional `[n, count]`, from `conditionalProbabilities`
 */
export function jointProbabilities(
  neighbours: Neighbours,
  conditional: Float64Array,
): SymmetricSparse {
  const { count, indices } = neighbours;
  const rows = indices.length / count;
  const byLowerEnd = edgesByLowerEnd(neighbours, rows);
  const offsets = new Int32Array(rows + 1);
  const columns = new Int32Array(indices.length);
  const values = new Float64Array(indices.length);
  const sums = new Float64Array(rows);
  let size = 0;
  for (let i = 0, next = 0; i < rows; i++) {
    // Adds up both directions of an edge.
    for (; next < byLowerEnd.offsets[i + 1]; next++) {
      const edge = byLowerEnd.edges[next];
      if (conditional[edge] === 0) continue;
      const j = Math.max(Math.floor(edge / count), indices[edge]);
      if (sums[j] === 0) columns[size++] = j;
      sums[j] += conditional[edge];
    }
    for (let at = offsets[i]; at < size; at++) {
      values[at] = sums[columns[at]] / (2 * rows);
      sums[columns[at]] = 0;
    }
    offsets[i + 1] = size;
  }
  return {
    offsets,
    columns: columns.slice(0, size),
    values: values.slice(0, size),
  };
}

/** Positions in `indices`, sorted by the lower of the two rows they connect. */
function edgesByLowerEnd({ count, indices }: Neighbours, rows: number) {
  const offsets = new Int32Array(rows + 1);
  const lower = indices.map((j, at) => Math.min(j, Math.floor(at / count)));
  for (const i of lower) offsets[i + 1]++;
  for (let i = 0; i < rows; i++) offsets[i + 1] += offsets[i];
  const edges = new Int32Array(indices.length);
  const filled = offsets.slice();
  lower.forEach((i, at) => edges[filled[i]++] = at);
  return { offsets, edges };
}
