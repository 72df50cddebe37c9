import type { ConventionSettings } from "./convention.ts";
import { countBelow, type SortedEvents } from "./sorted_events.ts";

/** A way to put events into bins. */
export interface Binning {
  /** In words, such as "15 bins (low, high]". */
  readonly text: string;
  readonly settings: ConventionSettings;
  readonly departures: number;
  /**
   * Where sorted events are cut into bins.
   *
   * @param start the first event that counts
   * @returns `[bins + 1]`, from `start` to the number of events
   */
  cuts(events: SortedEvents, start: number): number[];
}

/** Numbers of bins that are tried, the commonest first. */
const COUNTS = [15, 10, 20, 5, 25, 30, 50, 100];

/** How far a number of bins is from the commonest. */
function departuresOf(bins: number): number {
  return bins === 15 || bins === 10 ? 0 : 1;
}

/** Bins of [0, 1] of equal width: also one fewer, which `linspace(0, 1, bins)` makes. */
export function equalWidthBinnings(more: readonly number[]): Binning[] {
  return countsWith(more).flatMap((count) =>
    [count, count - 1].filter((bins) => bins > 0).flatMap((bins) =>
      CLOSURES.map((closure) => equalWidth(bins, count, closure))
    )
  );
}

/** Bins of equal width from 1/classes to 1, and between the extremes that occur. */
export function narrowBinnings(
  more: readonly number[],
  classes: number,
): Binning[] {
  const ranges = [
    { from: "1/classes", text: `from 1/${classes} to 1` },
    { from: "smallest", text: "from the smallest to the largest probability" },
  ];
  return countsWith(more).flatMap((bins) =>
    ranges.flatMap(({ from, text }) =>
      CLOSURES.slice(0, 2).map((closure): Binning => ({
        text: `${bins} bins ${closure.text} ${text}`,
        settings: {
          ...{ bins, binning: "equalWidth", closed: closure.closed, from },
        },
        departures: departuresOf(bins) + closure.departures + 2,
        cuts(events, start) {
          const { probability } = events;
          const last = probability.length - 1;
          const [low, high] = from === "1/classes"
            ? [1 / classes, 1]
            : [probability[start], probability[last]];
          const edge = (b: number) => low + (high - low) * b / bins;
          return cutAt(events, { start, bins, edge, closure });
        },
      }))
    )
  );
}

/** Bins of equal numbers of events, by the usual ways to divide a remainder. */
export function equalMassBinnings(more: readonly number[]): Binning[] {
  return countsWith(more).flatMap((bins) =>
    DIVISIONS.map(({ cut, text, departures, at }): Binning => ({
      text: `${bins} bins of equal count${text}`,
      settings: { bins, binning: "equalMass", cut },
      departures: departuresOf(bins) + departures,
      cuts(events, start) {
        const n = events.probability.length - start;
        const inner = Array.from(
          { length: bins - 1 },
          (_, b) => start + at({ events, start, n, bins, b: b + 1 }),
        );
        return [start, ...inner, start + n];
      },
    }))
  );
}

function countsWith(more: readonly number[]): number[] {
  return [...new Set([...COUNTS, ...more])];
}

/** Which edge belongs to a bin. */
interface Closure {
  readonly closed: string;
  readonly text: string;
  readonly departures: number;
  /** Whether a probability of exactly 1 has a bin of its own. */
  readonly apart: boolean;
}

const CLOSURES: readonly Closure[] = [
  { closed: "right", text: "(low, high]", departures: 0, apart: false },
  { closed: "left", text: "[low, high)", departures: 1, apart: false },
  {
    closed: "left, 1 apart",
    text: "[low, high) with another for exactly 1",
    departures: 1,
    apart: true,
  },
];

function equalWidth(bins: number, count: number, closure: Closure): Binning {
  const linspace: ConventionSettings = bins === count
    ? {}
    : { linspace: count };
  const cause = bins === count ? "" : `, as linspace(0, 1, ${count}) cuts`;
  return {
    text: `${bins} bins ${closure.text}${cause}`,
    settings: {
      ...{ bins, binning: "equalWidth", closed: closure.closed },
      ...linspace,
    },
    departures: departuresOf(count) + closure.departures +
      (bins === count ? 0 : 1),
    cuts: (events, start) =>
      cutAt(events, { start, bins, edge: (b) => b / bins, closure }),
  };
}

function cutAt(
  events: SortedEvents,
  { start, bins, edge, closure }: {
    readonly start: number;
    readonly bins: number;
    readonly edge: (b: number) => number;
    readonly closure: Closure;
  },
): number[] {
  const includes = closure.closed === "right";
  const cuts = [start];
  for (let b = 1; b < bins; b++) {
    cuts.push(Math.max(start, countBelow(events, edge(b), includes)));
  }
  if (closure.apart) cuts.push(Math.max(start, countBelow(events, 1, false)));
  return [...cuts, events.probability.length];
}

/** Where bin b of `bins` begins among n events from `start` on. */
interface Place {
  readonly events: SortedEvents;
  readonly start: number;
  readonly n: number;
  readonly bins: number;
  readonly b: number;
}

/** Ways to cut a number of events that is no multiple of the number of bins. */
const DIVISIONS: readonly {
  readonly cut: string;
  readonly text: string;
  readonly departures: number;
  at(place: Place): number;
}[] = [
  {
    cut: "array_split",
    text: "",
    departures: 1,
    at: ({ n, bins, b }) => b * Math.floor(n / bins) + Math.min(b, n % bins),
  },
  {
    cut: "rest in the last",
    text: ", the last with the remainder",
    departures: 2,
    at: ({ n, bins, b }) => b * Math.floor(n / bins),
  },
  {
    cut: "quantile, (low, high]",
    text: ", edges at quantiles, (low, high]",
    departures: 2,
    at: (place) => atQuantile(place, place.n - 1, true),
  },
  {
    cut: "quantile, [low, high)",
    text: ", edges at quantiles, [low, high)",
    departures: 2,
    at: (place) => atQuantile(place, place.n - 1, false),
  },
  {
    cut: "interp, (low, high]",
    text: ", edges interpolated at n b / bins, (low, high]",
    departures: 2,
    at: (place) => atQuantile(place, place.n, true),
  },
];

/** The number of events up to the probability at the share b / bins of `span`. */
function atQuantile(
  { events, start, n, bins, b }: Place,
  span: number,
  includesEdge: boolean,
): number {
  const at = Math.min(span * b / bins, n - 1);
  const below = Math.floor(at);
  const { probability } = events;
  const low = probability[start + below];
  const high = probability[start + Math.min(below + 1, n - 1)];
  const edge = low + (at - below) * (high - low);
  return Math.max(start, countBelow(events, edge, includesEdge)) - start;
}
