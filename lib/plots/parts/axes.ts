import type { ScaleOptions } from "@observablehq/plot";
import { shorten, textWidth } from "./text_width.ts";
import { TEXT_SIZE } from "./theme.ts";

/** Options of an Observable Plot axis with a centred title and no arrow. */
export const AXIS = {
  labelAnchor: "center",
  labelArrow: "none",
  tickSize: 4,
} as const;

/** A share on an axis in per cent: 0.4 gives "40". */
export function percentTick(share: number): string {
  return `${Math.round(share * 100)}`;
}

/** Options of an axis of shares from 0 to 1 in per cent. */
export const SHARE_AXIS = {
  ...AXIS,
  domain: [0, 1],
  tickFormat: percentTick,
  ticks: 5,
};

/** The smallest and the largest finite value; `[0, 1]` if there is none. */
export function extent(values: Iterable<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 1];
}

/**
 * Adds a margin on both sides of an extent: a share of its length or, on a log
 * scale, of its ratio.
 */
export function widen(
  [low, high]: readonly [number, number],
  { share = 0.05, log = false }: { share?: number; log?: boolean } = {},
): [number, number] {
  if (log) {
    const ratio = low === high ? 2 : (high / low) ** share;
    return [low / ratio, high * ratio];
  }
  const margin = (high - low || Math.abs(high) || 1) * share;
  return [low - margin, high + margin];
}

/** Round integers from `low` to `high` for an axis, at most `most`. */
export function wholeTicks(low: number, high: number, most = 8): number[] {
  let step = 1;
  for (let i = 1; (high - low) / step + 1 > most; i++) {
    step = [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3);
  }
  const first = Math.ceil(low / step) * step;
  const ticks = [];
  for (let tick = first; tick <= high; tick += step) ticks.push(tick);
  return ticks;
}

/**
 * Round numbers for a logarithmic axis: 1, 2 and 5 times powers of ten, or finer
 * steps if these are fewer than three.
 */
export function logTicks(low: number, high: number): number[] {
  const steps = [
    [1, 2, 5],
    [1, 1.5, 2, 3, 4, 5, 6, 8],
    Array.from({ length: 90 }, (_, i) => 1 + i / 10),
  ];
  let ticks: number[] = [];
  for (let i = 0; i < steps.length && ticks.length < 3; i++) {
    ticks = [];
    const last = Math.ceil(Math.log10(high));
    for (let power = Math.floor(Math.log10(low)); power <= last; power++) {
      // Parsed from text, as 3 * 10 ** -1 is not exactly 0.3.
      const here = steps[i].map((step) => Number(`${step}e${power}`));
      ticks.push(...here.filter((tick) => tick >= low && tick <= high));
    }
  }
  return ticks;
}

/** Options of a logarithmic or linear axis with round ticks. */
export function numberAxis(
  label: string,
  domain: readonly [number, number],
  { log = false, ticks = 6 }: { log?: boolean; ticks?: number } = {},
): ScaleOptions {
  return {
    ...AXIS,
    label,
    domain,
    type: log ? "log" : "linear",
    ticks: log ? logTicks(...domain) : ticks,
    tickFormat: (tick: number) => String(Number(tick.toPrecision(6))),
  };
}

/** Names shortened to at most `most` pixels, and the width of the longest. */
export function nameRoom(
  names: readonly string[],
  most = 150,
): { short: string[]; room: number } {
  const short = names.map((name) => shorten(name, most, TEXT_SIZE));
  const widths = short.map((name) => textWidth(name, TEXT_SIZE));
  return { short, room: Math.ceil(Math.max(0, ...widths)) };
}

/**
 * Moves positions of labels apart so that they are at least `gap` from each other
 * and within `low` and `high`, in the same order and as close as possible to where
 * they were.
 */
export function spread(
  positions: readonly number[],
  { gap, low, high }: { gap: number; low: number; high: number },
): number[] {
  const order = positions.map((_, i) => i)
    .sort((a, b) => positions[a] - positions[b] || a - b);
  const result = Array<number>(positions.length);
  // Groups that touch are merged; their centre is the mean of the positions.
  const groups: { members: number[]; centre: number }[] = [];
  for (const i of order) {
    groups.push({ members: [i], centre: positions[i] });
    while (merge(groups, positions, { gap, low, high }));
  }
  for (const { members, centre } of groups) {
    const start = centre - (members.length - 1) * gap / 2;
    members.forEach((member, i) => result[member] = start + i * gap);
  }
  return result;
}

function merge(
  groups: { members: number[]; centre: number }[],
  positions: readonly number[],
  { gap, low, high }: { gap: number; low: number; high: number },
): boolean {
  const half = (group: { members: number[] }) =>
    (group.members.length - 1) * gap / 2;
  const last = groups[groups.length - 1];
  const clamp = (group: typeof last) =>
    group.centre = Math.max(
      low + half(group),
      Math.min(high - half(group), group.centre),
    );
  clamp(last);
  const before = groups[groups.length - 2];
  if (!before) return false;
  if (last.centre - half(last) - (before.centre + half(before)) >= gap) {
    return false;
  }
  groups.pop();
  before.members.push(...last.members);
  before.centre = before.members.reduce((sum, i) => sum + positions[i], 0) /
    before.members.length;
  clamp(before);
  return true;
}
