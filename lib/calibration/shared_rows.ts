import { row } from "../matrix.ts";
import type { Logits } from "../matrix_kinds.ts";

/** Share of rows with a twin in their own matrix from which twins say little. */
const COARSE = 0.01;
/** Share of rows of coarse numbers that must be shared. */
const MANY = 0.5;

/**
 * How many rows of one matrix also occur in another: its numbers agree in float32. Coarse
 * numbers, such as votes, repeat by chance; there only rows without a twin count, and
 * only if at least half of them are shared.
 *
 * @param rows `[n, classes]`
 * @param others `[m, classes]`
 * @returns in [0, n]
 */
export function sharedRows(rows: Logits, others: Logits): number {
  if (rows.columns !== others.columns) return 0;
  const keys = rowKeys(rows);
  const otherKeys = rowKeys(others);
  const counts = countsOf(keys);
  const otherCounts = countsOf(otherKeys);
  const shared = keys.filter((key) => otherCounts.has(key)).length;
  const twins = Math.max(
    twinShare(keys, counts),
    twinShare(otherKeys, otherCounts),
  );
  if (twins < COARSE) return shared;
  const single = keys.filter((key) => counts.get(key) === 1);
  const singleShared = single.filter((key) => otherCounts.get(key) === 1);
  return singleShared.length >= MANY * single.length && single.length > 0
    ? shared
    : 0;
}

function countsOf(keys: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function twinShare(
  keys: readonly number[],
  counts: ReadonlyMap<number, number>,
): number {
  return keys.filter((key) => counts.get(key)! > 1).length / keys.length;
}

/** A hash of 53 bits of each row, in float32. */
function rowKeys(rows: Logits): number[] {
  const single = new Float32Array(rows.columns);
  const bits = new Uint32Array(single.buffer);
  return Array.from({ length: rows.rows }, (_, i) => {
    // Adding 0 makes a negative zero positive.
    row(rows, i).forEach((value, k) => single[k] = value + 0);
    let high = 0x811c9dc5;
    let low = 0x9747b28c;
    for (const word of bits) {
      high = Math.imul(high ^ word, 0x01000193);
      high ^= high >>> 15;
      low = Math.imul(low ^ word, 0x85ebca6b);
      low ^= low >>> 13;
    }
    return (high >>> 11) * 2 ** 32 + (low >>> 0);
  });
}
