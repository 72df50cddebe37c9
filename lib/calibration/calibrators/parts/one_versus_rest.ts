import { asLogits, type Logits } from "../../../matrix_kinds.ts";
import { softmax } from "../../../logits/softmax.ts";

/** The logarithm of the smallest positive number: stands for a probability of 0. */
export const LOG_OF_NOTHING = Math.log(Number.MIN_VALUE);

/**
 * The calibrated probability of one class against all others.
 *
 * @param p its probability
 * @param rest the sum of the other probabilities
 * @param k the class
 */
export type Curve = (p: number, rest: number, k: number) => number;

/** The rows in which a class is not masked, as a binary problem. */
export interface BinaryRows {
  /** Probabilities of the class. */
  readonly p: Float64Array;
  /** Sums of the other probabilities. */
  readonly rest: Float64Array;
  /** 1 if it is the label, else 0. */
  readonly hits: Uint8Array;
}

/**
 * Fits each class against all others.
 *
 * @param logits `[n, classes]`, finite or -Infinity
 * @param labels `[n]`, class indices
 * @param fit what to make of the rows of class k
 * @returns `[classes]`
 */
export function fitEachClass<Result>(
  logits: Logits,
  labels: Int32Array,
  fit: (rows: BinaryRows, k: number) => Result,
): Result[] {
  const { data: z, columns } = logits;
  const { data: p } = softmax(logits);
  const rest = sumsOfOthers(p, columns);
  return Array.from({ length: columns }, (_, k) => {
    const places: number[] = [];
    for (let at = k; at < z.length; at += columns) {
      if (z[at] > -Infinity) places.push(at);
    }
    return fit({
      p: Float64Array.from(places, (at) => p[at]),
      rest: Float64Array.from(places, (at) => rest[at]),
      hits: Uint8Array.from(
        places,
        (at) => labels[(at - k) / columns] === k ? 1 : 0,
      ),
    }, k);
  });
}

/**
 * Calibrates each class against all others, and divides by the sum. A row whose sum is
 * 0 becomes uniform. Masked classes keep probability 0; another probability of 0 gets
 * the logarithm of the smallest positive number.
 *
 * @param logits `[n, classes]`, finite or -Infinity
 */
export function applyOneVersusRest(
  logits: Logits,
  curve: Curve,
): Logits<Float64Array> {
  const { rows, columns } = logits;
  const { data: p } = softmax(logits);
  const rest = sumsOfOthers(p, columns);
  for (let start = 0; start < p.length; start += columns) {
    let sum = 0;
    let open = 0;
    for (let k = 0; k < columns; k++) {
      const at = start + k;
      if (logits.data[at] === -Infinity) continue;
      sum += p[at] = curve(p[at], rest[at], k);
      open++;
    }
    for (let k = 0; k < columns; k++) {
      const at = start + k;
      if (logits.data[at] === -Infinity) p[at] = -Infinity;
      else {
        const share = sum > 0 ? p[at] / sum : 1 / open;
        p[at] = Math.max(Math.log(share), LOG_OF_NOTHING);
      }
    }
  }
  return asLogits({ data: p, rows, columns });
}

/** For each probability the sum of the others of its row, without cancellation. */
function sumsOfOthers(p: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(p.length);
  for (let start = 0; start < p.length; start += columns) {
    for (let at = start; at < start + columns; at++) {
      sums[at] = 1 - p[at];
      if (p[at] <= 0.5) continue;
      sums[at] = 0;
      for (let j = start; j < start + columns; j++) {
        if (j !== at) sums[at] += p[j];
      }
    }
  }
  return sums;
}
