/**
 * Grouping of records by danfojs-node, which loads the TensorFlow engine and takes
 * about a second: import this file only where records are grouped.
 */
import "../../engine/load_engine.ts";
import { BadInput } from "../../bad_input.ts";
import type { Flat, FlatRecord } from "./table_cell.ts";

// A static import would not wait for the engine.
const { DataFrame, toJSON } = await import("danfojs-node");

/**
 * Groups records by some keys and computes the mean and sample standard deviation
 * of others, in the order in which the groups first appear.
 *
 * A result has the keys `by`, the number of records `n`, and for each value `v` its
 * mean as `v` and its standard deviation (divisor n - 1) as `vStdev`, which is
 * `null` for a single record.
 *
 * @throws {BadInput} if a value is missing or not finite, if a record lacks a key,
 * or if a key is called `n`
 *
 * @example
 * ```ts
 * import { summarise } from "./summarise.ts";
 * summarise([
 *   { method: "ce", seed: 1, ece: 0.04 },
 *   { method: "ce", seed: 2, ece: 0.06 },
 * ], { by: ["method"], values: ["ece"] });
 * // [{ method: "ce", n: 2, ece: 0.05, eceStdev: 0.01414… }]
 * ```
 */
export function summarise<Row extends Flat<Row>>(
  rows: readonly Row[],
  { by, values }: { by: readonly string[]; values: readonly string[] },
): Record<string, string | number | boolean | null>[] {
  if ([...by, ...values].includes("n")) {
    throw new BadInput(
      "Cannot summarise n as the number of records takes that name",
    );
  }
  const records = rows as readonly unknown[] as readonly FlatRecord[];
  if (!records.length || !values.length) return [];
  records.forEach((record, i) => check(record, i, { by, values }));
  // danfojs joins group keys with "-" and sorts numeric ones, which could merge
  // groups; therefore it groups by our number of each group.
  const numbers = new Map<string, number>();
  const firsts: FlatRecord[] = [];
  const numbered = records.map((record) => {
    const name = JSON.stringify(by.map((key) => record[key]));
    if (!numbers.has(name)) {
      numbers.set(name, firsts.length);
      firsts.push(record);
    }
    return [numbers.get(name)!, ...values.map((key) => record[key] as number)];
  });
  return grouped(numbered, values.length).map((group) => {
    const first = firsts[group.group];
    const result: Record<string, string | number | boolean | null> = {};
    for (const key of by) result[key] = first[key] ?? null;
    const n = group.v0_count;
    result.n = n;
    values.forEach((key, i) => {
      result[key] = group[`v${i}_mean`];
      // danfojs returns 0 for a single record, where it is undefined.
      result[`${key}Stdev`] = n > 1 ? group[`v${i}_std`] : null;
    });
    return result;
  });
}

function check(
  record: FlatRecord,
  i: number,
  { by, values }: { by: readonly string[]; values: readonly string[] },
): void {
  for (const key of values) {
    const value = record[key];
    if (typeof value === "number" && Number.isFinite(value)) continue;
    throw new BadInput(
      `Cannot summarise ${key} as it must be a finite number in each record: ` +
        `record ${i} has ${JSON.stringify(value) ?? "none"}`,
    );
  }
  const missing = by.find((key) => record[key] === undefined);
  if (missing === undefined) return;
  throw new BadInput(
    `Cannot group by ${missing} as record ${i} has no such key`,
  );
}

/** Converts rows `[group, value 0, …]` to one record of statistics per group. */
function grouped(rows: number[][], values: number): Record<string, number>[] {
  const names = Array.from({ length: values }, (_, i) => `v${i}`);
  const frame = new DataFrame(rows, { columns: ["group", ...names] });
  const statistics = Object.fromEntries(
    names.map((name) => [name, ["mean", "std", "count"]]),
  );
  const result = toJSON(frame.groupby(["group"]).agg(statistics));
  return (result as Record<string, number>[])
    .toSorted((a, b) => a.group - b.group);
}
