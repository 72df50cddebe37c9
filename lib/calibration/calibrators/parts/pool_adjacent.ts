import type { Points } from "./curves.ts";

/** Probabilities this close count as equal, as in scikit-learn. */
const RESOLUTION = 1e-15;

/**
 * The rising curve with the smallest squared distance to 0-1 values, by the
 * pool-adjacent-violators algorithm. Values at equal positions count as their mean.
 *
 * @param p positions, at least one
 * @param hits 1 or 0 for each
 * @returns the first and last position of each step, with its value
 * @see scikit-learn, `sklearn.isotonic.IsotonicRegression`, which has the same points
 */
export function poolAdjacent(p: Float64Array, hits: Uint8Array): Points {
  const steps: Step[] = [];
  for (const next of distinct(p, hits)) {
    let step = next;
    while (steps.length > 0) {
      const last = steps[steps.length - 1];
      if (last.hits * step.rows < step.hits * last.rows) break;
      steps.pop();
      step = {
        first: last.first,
        last: step.last,
        rows: last.rows + step.rows,
        hits: last.hits + step.hits,
      };
    }
    steps.push(step);
  }
  const x: number[] = [];
  const y: number[] = [];
  for (const { first, last, rows, hits } of steps) {
    for (const at of first === last ? [first] : [first, last]) {
      x.push(at);
      y.push(hits / rows);
    }
  }
  return { x, y };
}

/** Positions with the same value. */
interface Step {
  readonly first: number;
  readonly last: number;
  readonly rows: number;
  readonly hits: number;
}

/** The distinct positions in increasing order. */
function distinct(p: Float64Array, hits: Uint8Array): Step[] {
  // Sorted apart, as typed arrays sort numbers much faster than pairs.
  const right = p.filter((_, i) => hits[i] === 1).sort();
  const wrong = p.filter((_, i) => hits[i] === 0).sort();
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < right.length || j < wrong.length) {
    const first = Math.min(right[i] ?? Infinity, wrong[j] ?? Infinity);
    const [hitsBefore, missesBefore] = [i, j];
    while (right[i] - first < RESOLUTION) i++;
    while (wrong[j] - first < RESOLUTION) j++;
    const found = i - hitsBefore;
    const rows = found + j - missesBefore;
    steps.push({ first, last: first, rows, hits: found });
  }
  return steps;
}
