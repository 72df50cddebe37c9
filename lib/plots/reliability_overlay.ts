import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import { AXIS, SHARE_AXIS } from "./parts/axes.ts";
import {
  countNumbers,
  MOST_NUMBERED_BINS,
  shortCount,
} from "./parts/count_marks.ts";
import { type Drawing, drawPlot } from "./parts/drawing.ts";
import {
  labelsInWords,
  OVERLAY_SIDES,
  overlayFrame,
  type OverlayLabel,
  type Styled,
  withStyles,
} from "./parts/overlay.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { FAINT, INK, MUTED } from "./parts/theme.ts";

/** A bin with rows, and the band of its accuracy; null for no band. */
export interface OverlaidBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly confidence: number;
  readonly accuracy: number;
  readonly accuracyLow: number | null;
  readonly accuracyHigh: number | null;
}

/** One of the models that are laid over each other. */
export interface OverlaidReliability extends OverlayLabel {
  /** Bins with rows, by increasing confidence. */
  readonly bins: readonly OverlaidBin[];
}

/** Of more models, the bands would hide each other; their ends are enough. */
const MOST_BANDS = 4;

/**
 * Reliability diagrams of several models in one chart: the accuracy of each bin at its
 * mean confidence, with its band, and the number of rows of each bin below. Lines and
 * bands are interrupted at empty bins.
 *
 * @param text `title`: above the chart, as wide as it is
 * @throws {BadInput} if there is no model, or a model without bins
 */
export function reliabilityOverlay(
  models: readonly OverlaidReliability[],
  { title, ...text }: FigureText = {},
): Figure {
  if (!models.length || models.some(({ bins }) => !bins.length)) {
    throw new BadInput("Cannot draw a reliability diagram without bins");
  }
  const placed = withStyles(models);
  const drawing = overlayFrame(title, placed, [
    accuracyChart(placed),
    countChart(placed),
  ], [{ label: "perfect calibration", colour: MUTED, mark: "dashed" }]);
  return frame(drawing, {
    ariaLabel: `Accuracy against confidence: ${labelsInWords(models)}`,
    ...text,
  });
}

type StyledModel = Styled<OverlaidReliability>;

function accuracyChart(models: readonly StyledModel[]): Drawing {
  return drawPlot({
    ...OVERLAY_SIDES,
    height: 300,
    marginTop: 8,
    marginBottom: 10,
    x: { domain: [0, 1], axis: null },
    y: { ...SHARE_AXIS, label: "accuracy, %" },
    marks: [
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1 }),
      Plot.line([[0, 0], [1, 1]], { stroke: MUTED, strokeDasharray: "5,3" }),
      Plot.ruleY([0], { stroke: INK }),
      models.map((model) => bandMarks(model, models.length)),
      models.map(lineMarks),
    ],
  });
}

function bandMarks(
  { bins, style: { colour } }: StyledModel,
  models: number,
): Plot.Markish {
  const banded = bins.filter(({ accuracyLow }) => accuracyLow !== null);
  const ends = { x: "confidence", y1: "accuracyLow", y2: "accuracyHigh" };
  return [
    models > MOST_BANDS
      ? null
      : runs(banded).map((run) =>
        Plot.areaY(run, { ...ends, fill: colour, fillOpacity: 0.13 })
      ),
    Plot.ruleX(banded, { ...ends, stroke: colour, strokeOpacity: 0.6 }),
  ];
}

function lineMarks({ bins, style }: StyledModel): Plot.Markish {
  const { colour, symbol } = style;
  const place = { x: "confidence", y: "accuracy" };
  return [
    runs(bins).map((run) =>
      Plot.line(run, { ...place, stroke: colour, strokeWidth: 1.5 })
    ),
    Plot.dot(bins, { ...place, fill: colour, symbol, r: 3.5 }),
  ];
}

/** Bins without an empty one between them. */
function runs(bins: readonly OverlaidBin[]): OverlaidBin[][] {
  const found: OverlaidBin[][] = [];
  for (const bin of bins) {
    const last = found.at(-1)?.at(-1);
    // Edges are quotients of whole numbers, so those of neighbours are equal.
    if (last?.high === bin.low) found.at(-1)!.push(bin);
    else found.push([bin]);
  }
  return found;
}

function countChart(models: readonly StyledModel[]): Drawing {
  const most = Math.max(...models.flatMap(({ bins }) => bins.map(countOf)));
  const bars = models.flatMap(({ bins, style }, i) =>
    bins.map(({ low, high, count }) => {
      const width = (high - low) / models.length;
      const x1 = low + i * width;
      return { x1, x2: x1 + width, count, colour: style.colour };
    })
  );
  const narrowest = Math.min(...bars.map(({ x1, x2 }) => x2 - x1));
  const numbered = models.length === 1 && 1 / narrowest <= MOST_NUMBERED_BINS;
  return drawPlot({
    ...OVERLAY_SIDES,
    height: 122,
    marginTop: 6,
    marginBottom: 42,
    x: { ...SHARE_AXIS, label: "confidence, %" },
    y: {
      ...AXIS,
      type: "sqrt",
      domain: [0, most],
      label: "rows per bin",
      ticks: countTicks(most),
      tickFormat: shortCount,
    },
    marks: [
      Plot.rect(bars, {
        x1: "x1",
        x2: "x2",
        y1: 0,
        y2: "count",
        inset: models.length > 2 ? 0 : 0.5,
        fill: "colour",
        fillOpacity: numbered ? 0.3 : 0.75,
      }),
      numbered ? countNumbers(bars) : null,
      Plot.ruleY([0], { stroke: INK }),
    ],
  });
}

function countOf({ count }: OverlaidBin): number {
  return count;
}

/** Round counts at about a third and two thirds of a square-root axis, and its ends. */
function countTicks(most: number): number[] {
  const inner = [1 / 9, 4 / 9].map((share) =>
    Math.max(1, Number((share * most).toPrecision(1)))
  );
  return [...new Set([0, ...inner, most])].filter((tick) => tick <= most);
}
