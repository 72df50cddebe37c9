import type { Logits } from "../matrix_kinds.ts";
import { rowKeys } from "../row_keys.ts";

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
  const keys = rowKeys(rows).sort();
  const otherKeys = rowKeys(others).sort();
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
