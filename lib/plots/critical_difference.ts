import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import { cliques } from "../statistics/nemenyi.ts";
import { nameRoom } from "./parts/axes.ts";
import { type Drawing, drawPlot } from "./parts/drawing.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { INK, MUTED, TEXT_SIZE } from "./parts/theme.ts";

/** A method and its mean rank. */
export interface RankedMethod {
  readonly name: string;
  /** Mean rank; 1 is the best. */
  readonly rank: number;
}

/** Options of `criticalDifferenceDiagram()`. */
export interface CriticalDifferenceOptions extends FigureText {
  /** Critical difference: ranks at least this far apart differ significantly. */
  readonly difference: number;
}

/** Layout, in pixels. */
const AXIS_Y = 44;
const BAR_STEP = 8;
const BAR_GAP = 8;
const LABEL_STEP = 19;
const AXIS_LENGTH = 460;
const GAP = 8;

/** A method's label and its position. */
interface Label {
  readonly rank: number;
  readonly text: string;
  readonly side: "left" | "right";
  readonly y: number;
}

/**
 * Critical-difference diagram of a comparison over several data sets: an axis of
 * mean ranks with the best on the left, the better half of the methods named on the
 * left and the others on the right. Thick bars join methods that do not differ
 * significantly; a bar above the axis shows the critical difference.
 *
 * @param methods at least two, in any order
 * @throws {BadInput} if there are fewer, if a rank is not in [1, methods], or if the
 * critical difference is not positive
 * @see J. Demšar, "Statistical Comparisons of Classifiers over Multiple Data
 * Sets", JMLR 7, 2006, Figure 1
 */
export function criticalDifferenceDiagram(
  methods: readonly RankedMethod[],
  { difference, ...text }: CriticalDifferenceOptions,
): Figure {
  check(methods, difference);
  const sorted = methods.toSorted((a, b) => a.rank - b.rank);
  const groups = cliques(sorted.map(({ rank }) => rank), difference)
    .map((group) => group.map((place) => sorted[place]));
  const names = ({ name }: RankedMethod) => name;
  const order = sorted.map(({ name, rank }) => `${name} ${rank.toFixed(2)}`);
  const joined = groups.map((group) => group.map(names).join(", "));
  return frame(drawDiagram(sorted, groups, difference), {
    ariaLabel: `Mean ranks: ${order.join(", ")}. ` +
      `Critical difference ${difference.toFixed(2)}. ` +
      (joined.length
        ? `No significant difference: ${joined.join("; ")}`
        : "All differ significantly"),
    ...text,
  });
}

function check(methods: readonly RankedMethod[], difference: number): void {
  const failure = "Cannot draw mean ranks";
  if (methods.length < 2) {
    throw new BadInput(
      `${failure} as there must be at least two methods: ${methods.length}`,
    );
  }
  const bad = methods.find(({ rank }) =>
    !(rank >= 1 && rank <= methods.length)
  );
  if (bad) {
    throw new BadInput(
      `${failure} as each must be in [1, ${methods.length}]: ` +
        `${bad.name} has ${bad.rank}`,
    );
  }
  if (difference > 0 && Number.isFinite(difference)) return;
  throw new BadInput(
    `${failure} as the critical difference must be above 0: ` +
      `current value is ${difference}`,
  );
}

function drawDiagram(
  sorted: readonly RankedMethod[],
  groups: readonly (readonly RankedMethod[])[],
  difference: number,
): Drawing {
  const bars = barsOf(groups, BAR_GAP * (sorted.length - 1) / AXIS_LENGTH);
  const depth = Math.max(0, ...bars.map(({ row }) => row + 1));
  const { labels, room } = labelsOf(sorted, AXIS_Y + 14 + depth * BAR_STEP);
  const height = Math.max(...labels.map(({ y }) => y)) + 12;
  const last = sorted.length;
  return drawPlot({
    width: AXIS_LENGTH + 2 * room,
    height,
    marginLeft: room,
    marginRight: room,
    marginTop: 0,
    marginBottom: 0,
    x: { domain: [1, last], axis: null },
    y: { domain: [height, 0], axis: null },
    marks: [
      axisMarks(last),
      differenceMarks(Math.min(difference, last - 1), difference),
      labelMarks(labels, last),
      Plot.ruleY(bars, {
        y: ({ row }: Bar) => AXIS_Y + 12 + row * BAR_STEP,
        x1: "from",
        x2: "to",
        stroke: INK,
        strokeWidth: 4,
      }),
    ],
  });
}

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly row: number;
}

/** Puts each bar into the first row where it keeps a gap (in ranks) to others. */
function barsOf(
  groups: readonly (readonly RankedMethod[])[],
  gap: number,
): Bar[] {
  const ends: number[] = [];
  return groups.map((group) => {
    const [from, to] = [group[0].rank, group.at(-1)!.rank];
    const free = ends.findIndex((end) => end + gap < from);
    const row = free < 0 ? ends.length : free;
    ends[row] = to;
    return { from, to, row };
  });
}

/** Labels of the better half top-down on the left, the rest bottom-up on the right. */
function labelsOf(
  sorted: readonly RankedMethod[],
  top: number,
): { labels: Label[]; room: number } {
  const { short } = nameRoom(sorted.map(({ name }) => name), 190);
  const texts = sorted.map(({ rank }, i) => `${short[i]}  ${rank.toFixed(2)}`);
  const { room } = nameRoom(texts, Infinity);
  const half = Math.ceil(sorted.length / 2);
  const labels = sorted.map(({ rank }, i): Label => {
    const left = i < half;
    const row = left ? i : sorted.length - 1 - i;
    return {
      rank,
      text: texts[i],
      side: left ? "left" : "right",
      y: top + row * LABEL_STEP,
    };
  });
  return { labels, room: room + 2 * GAP };
}

function axisMarks(last: number): Plot.Markish[] {
  const ticks = Array.from({ length: last }, (_, i) => i + 1);
  const halves = Array.from({ length: last - 1 }, (_, i) => i + 1.5);
  const tickMarks = (xs: readonly number[], length: number) =>
    Plot.ruleX(xs, { y1: AXIS_Y - length, y2: AXIS_Y, stroke: INK });
  return [
    Plot.ruleY([AXIS_Y], { x1: 1, x2: last, stroke: INK }),
    tickMarks(ticks, 6),
    tickMarks(halves, 3),
    Plot.text(ticks, { x: (x: number) => x, y: AXIS_Y - 14, text: String }),
  ];
}

/** The critical difference as a bar above the axis, starting at rank 1. */
function differenceMarks(shown: number, difference: number): Plot.Markish[] {
  const y = AXIS_Y - 32;
  const ends = [1, 1 + shown];
  return [
    Plot.ruleY([y], { x1: 1, x2: 1 + shown, stroke: MUTED, strokeWidth: 1.5 }),
    Plot.ruleX(ends, { y1: y - 4, y2: y + 4, stroke: MUTED, strokeWidth: 1.5 }),
    Plot.text([difference], {
      x: 1 + shown,
      y,
      text: () => `CD = ${difference.toFixed(2)}`,
      textAnchor: "start",
      dx: 6,
      fill: MUTED,
    }),
  ];
}

/** Lines from the axis down and sideways to the labels, and the labels. */
function labelMarks(labels: readonly Label[], last: number): Plot.Markish[] {
  const sides = [
    { side: "left", edge: 1, anchor: "end", dx: -GAP },
    { side: "right", edge: last, anchor: "start", dx: GAP },
  ] as const;
  return sides.flatMap(({ side, edge, anchor, dx }) => {
    const shown = labels.filter((label) => label.side === side);
    return [
      ...shown.map(({ rank, y }) =>
        Plot.line([[rank, AXIS_Y], [rank, y], [edge, y]], {
          stroke: INK,
          strokeWidth: 1,
        })
      ),
      Plot.text(shown, {
        x: edge,
        y: "y",
        text: "text",
        textAnchor: anchor,
        dx,
        fontSize: TEXT_SIZE,
      }),
    ];
  });
}
