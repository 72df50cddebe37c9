import { z } from "zod";
import { median } from "../../lib/statistics/summary.ts";
import type { Rounds } from "./rounds.ts";

/** How values in a unit compare: which is better, and what the ratio says. */
interface Comparison {
  readonly better: "lower" | "higher";
  readonly ratio: "peer / ours" | "ours / peer";
}

/**
 * Units of measurements. The ratio of times and rates is a speed, above 1 if ours is
 * faster; that of memory is an amount, below 1 if ours needs less.
 */
const UNITS = {
  ms: { better: "lower", ratio: "peer / ours" },
  s: { better: "lower", ratio: "peer / ours" },
  "steps/s": { better: "higher", ratio: "ours / peer" },
  "images/s": { better: "higher", ratio: "ours / peer" },
  MB: { better: "lower", ratio: "ours / peer" },
} as const satisfies Record<string, Comparison>;

export type Unit = keyof typeof UNITS;

/** One row of the table: the medians over rounds of ours and of the best peer. */
export interface Measurement {
  readonly work: string;
  readonly size: string;
  readonly ours: number;
  /** Null if no peer ran, as the following fields. */
  readonly peer: number | null;
  readonly unit: Unit;
  readonly peerName: string | null;
  /** Ratio of the medians. */
  readonly ratio: number | null;
  /** Lowest ratio of a round. */
  readonly low: number | null;
  /** Highest ratio of a round. */
  readonly high: number | null;
}

/** Schema of the JSON output of a benchmark. */
export const MEASUREMENTS: z.ZodType<Measurement[]> = z.array(z.object({
  work: z.string(),
  size: z.string(),
  ours: z.number(),
  peer: z.number().nullable(),
  unit: z.enum(Object.keys(UNITS) as Unit[]),
  peerName: z.string().nullable(),
  ratio: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
}));

/**
 * Compares ours with the best peer, the one with the best median. The ratio is that
 * of the medians; `low` and `high` are the extreme ratios of single rounds.
 *
 * @param rounds at least one value of ours, and as many of each peer
 */
export function compare(
  { work, size, unit }: Pick<Measurement, "work" | "size" | "unit">,
  { ours, peers }: Rounds,
): Measurement {
  const { better, ratio } = UNITS[unit];
  const base = { work, size, ours: median(ours), unit };
  const sign = better === "lower" ? 1 : -1;
  const [best] = [...peers]
    .map(([peerName, values]) => ({ peerName, values, peer: median(values) }))
    .sort((a, b) => sign * (a.peer - b.peer));
  if (best === undefined) {
    const none = { peer: null, peerName: null, ratio: null };
    return { ...base, ...none, low: null, high: null };
  }
  const divide = (a: number, b: number) =>
    ratio === "ours / peer" ? a / b : b / a;
  const ratios = ours.map((value, round) => divide(value, best.values[round]));
  return {
    ...base,
    peer: best.peer,
    peerName: best.peerName,
    ratio: divide(base.ours, best.peer),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
  };
}

/** The medians of ours and of all peers in one line. */
export function medians({ ours, peers }: Rounds): string {
  return [["ours", ours] as const, ...peers]
    .map(([name, values]) => `${name} ${rounded(median(values))}`)
    .join(", ");
}

/** A number with three significant digits; large ones as whole numbers. */
export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
