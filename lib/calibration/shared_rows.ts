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
  const { shared, single, singleShared } = compare(keys, otherKeys);
  const { single: otherSingle } = compare(otherKeys, keys);
  const twins = Math.max(
    1 - single / rows.rows,
    1 - otherSingle / others.rows,
  );
  if (twins < COARSE) return shared;
  return single > 0 && singleShared >= MANY * single ? shared : 0;
}

/** Counts of sorted keys. */
function compare(keys: Float64Array, others: Float64Array) {
  /** Keys that also occur in the others. */
  let shared = 0;
  /** Keys that occur once. */
  let single = 0;
  /** Keys that occur once here and there. */
  let singleShared = 0;
  let other = 0;
  for (let from = 0, to = 0; from < keys.length; from = to) {
    while (to < keys.length && keys[to] === keys[from]) to++;
    while (other < others.length && others[other] < keys[from]) other++;
    let found = 0;
    while (others[other + found] === keys[from]) found++;
    if (found > 0) shared += to - from;
    if (to - from > 1) continue;
    single++;
    if (found === 1) singleShared++;
  }
  return { shared, single, singleShared };
}

/** A hash of 53 bits of each row, in float32; sorted. */
function rowKeys({ data, rows, columns }: Logits): Float64Array {
  const single = new Float32Array(1);
  const bits = new Uint32Array(single.buffer);
  const keys = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let high = 0x811c9dc5;
    let low = 0x9747b28c;
    for (let at = i * columns; at < (i + 1) * columns; at++) {
      // Adding 0 makes a negative zero positive.
      single[0] = data[at] + 0;
      high = Math.imul(high ^ bits[0], 0x01000193);
      high ^= high >>> 15;
      low = Math.imul(low ^ bits[0], 0x85ebca6b);
      low ^= low >>> 13;
    }
    keys[i] = (high >>> 11) * 2 ** 32 + (low >>> 0);
  }
  return keys.sort();
}
