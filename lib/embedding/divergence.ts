import type { SymmetricSparse } from "./affinities.ts";

/**
 * The Kullback-Leibler divergence `sum_(i != j) p_ij log(p_ij / q_ij)` of an
 * embedding, in nats, with `q_ij = 1 / ((1 + |y_i - y_j|^2) Z)`. The sum is over the
 * pairs in `joint`; all others have `p_ij = 0`.
 *
 * @param positions `[n, 2]` row-major
 * @param normaliser Z, from `exactNormaliser` or estimated with a gradient
 */
export function klDivergence(
  joint: SymmetricSparse,
  positions: Float64Array,
  normaliser: number,
): number {
  const { offsets, columns, values } = joint;
  let sum = 0;
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      const p = values[at];
      const j = columns[at];
      const dx = positions[2 * i] - positions[2 * j];
      const dy = positions[2 * i + 1] - positions[2 * j + 1];
      sum += p * Math.log(p * normaliser * (1 + dx * dx + dy * dy));
    }
  }
  return 2 * sum;
}

/** The normaliser `Z = sum_(i != j) 1 / (1 + |y_i - y_j|^2)` over all pairs. */
export function exactNormaliser(positions: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < positions.length; i += 2) {
    const px = positions[i];
    const py = positions[i + 1];
    let row = 0;
    for (let j = i + 2; j < positions.length; j += 2) {
      const dx = px - positions[j];
      const dy = py - positions[j + 1];
      row += 1 / (1 + dx * dx + dy * dy);
    }
    sum += row;
  }
  return 2 * sum;
}
