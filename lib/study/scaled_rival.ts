import type { NetworkRecord } from "./study.ts";

/** The name of plain training with temperature scaling among the rivals. */
export const SCALED_CE = "scaled ce";

/**
 * Returns the records of networks as trained, and those of `ce` after temperature
 * scaling under the name `SCALED_CE`: the rival that costs no training.
 */
export function withScaledRival<Row extends NetworkRecord>(
  records: readonly Row[],
): (Omit<Row, "method"> & { readonly method: string })[] {
  return [
    ...records.filter(({ scaled }) => !scaled),
    ...records.filter(({ method, scaled }) => method === "ce" && scaled)
      .map((record) => ({ ...record, method: SCALED_CE, scaled: false })),
  ];
}
