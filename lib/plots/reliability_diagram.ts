import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import type { ReliabilityBin } from "../calibration/bins.ts";
import { AXIS, SHARE_AXIS } from "./parts/axes.ts";
import {
  countNumbers,
  MOST_NUMBERED_BINS,
  shortCount,
} from "./parts/count_marks.ts";
import {
  type Drawing,
  drawLegend,
  drawPlot,
  drawText,
  grid,
  stack,
} from "./parts/drawing.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import {
  ALARM,
  FAINT,
  INK,
  methodTitle,
  MUTED,
  PAPER,
  seriesColours,
} from "./parts/theme.ts";

/** Content of one panel: a method's bins and its calibration error. */
export interface Reliability {
  /** Determines the colour, and the name if there is no `label`. */
  readonly method: string;
  readonly label?: string;
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error over the same bins, in [0, 1]. */
  readonly ece: number;
}

const WIDTH = 290;
const SIDES = { width: WIDTH, marginLeft: 64, marginRight: 12 };

/**
 * Reliability diagrams as small multiples with the same axes: for each bin its
 * accuracy as a bar, the gap between accuracy and mean confidence, and the number
 * of rows below. Empty bins stay empty.
 *
 * @param options `columns` is the number of panels per row (3)
 * @throws {BadInput} if there is no method, or a method without bins
 */
export function reliabilityDiagram(
  methods: readonly Reliability[],
  options: FigureText & { columns?: number } = {},
): Figure {
  if (!methods.length || methods.some(({ bins }) => !bins.length)) {
    throw new BadInput("Cannot draw a reliability diagram without bins");
  }
  const columns = Math.min(options.columns ?? 3, methods.length);
  const colours = seriesColours(methods.map(({ method }) => method));
  const drawings = methods.map((method) =>
    panel(method, colours.get(method.method)!)
  );
  const body = grid(drawings, { columns, gap: 18 });
  const legend = drawLegend([
    {
      label: "accuracy",
      colour: methods.length > 1 ? MUTED : colours.get(methods[0].method)!,
    },
    { label: "gap to the mean confidence", colour: ALARM, mark: "outline" },
    { label: "perfect calibration", colour: MUTED, mark: "dashed" },
  ], body.width);
  return frame(stack([legend, body], 6), {
    ariaLabel: `Reliability diagrams. ${methods.map(inWords).join("; ")}`,
    ...options,
  });
}

function inWords({ method, label, bins, ece }: Reliability): string {
  return `${label ?? methodTitle(method)}: ECE ` +
    `${(ece * 100).toFixed(2)} % over ${bins.length} bins`;
}

function panel(method: Reliability, colour: string): Drawing {
  const { bins, ece } = method;
  const rows = bins.reduce((sum, bin) => sum + bin.count, 0);
  const name = method.label ?? methodTitle(method.method);
  const numbers = `ECE ${(ece * 100).toFixed(2)} %, ${bins.length} bins, ` +
    `n = ${rows.toLocaleString("en")}`;
  return stack([
    drawText(name, { width: WIDTH, bold: true, colour, size: 13 }),
    drawText(numbers, { width: WIDTH }),
    accuracyPlot(bins, colour),
    countPlot(bins),
  ], 2);
}

function accuracyPlot(bins: readonly ReliabilityBin[], fill: string): Drawing {
  return drawPlot({
    ...SIDES,
    height: 250,
    marginTop: 8,
    marginBottom: 8,
    x: { domain: [0, 1], axis: null },
    y: { ...SHARE_AXIS, label: "accuracy, %" },
    marks: [
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1 }),
      ...accuracyBars(bins, fill),
      // A pale line below keeps the diagonal visible on dark bars.
      Plot.line([[0, 0], [1, 1]], { stroke: PAPER, strokeOpacity: 0.6 }),
      Plot.line([[0, 0], [1, 1]], { stroke: MUTED, strokeDasharray: "5,3" }),
      Plot.ruleY([0], { stroke: INK }),
    ],
  });
}

/** For each bin its accuracy as a bar, and the gap to its mean confidence. */
function accuracyBars(
  bins: readonly ReliabilityBin[],
  fill: string,
): Plot.Markish[] {
  const filled = bins.filter((bin) => bin.count > 0);
  const sides = { x1: "low", x2: "high", insetLeft: 0.5, insetRight: 0.5 };
  const lower = (bin: ReliabilityBin) => Math.min(bin.accuracy, bin.confidence);
  return [
    Plot.rect(filled, { ...sides, y1: 0, y2: lower, fill }),
    Plot.rect(filled, {
      ...sides,
      y1: "accuracy",
      y2: "confidence",
      fill: ALARM,
      fillOpacity: 0.25,
      stroke: ALARM,
    }),
    // If accuracy exceeds confidence, only this line shows it.
    Plot.ruleY(filled, {
      ...sides,
      y: "accuracy",
      stroke: fill,
      strokeWidth: 3,
    }),
  ];
}

function countPlot(bins: readonly ReliabilityBin[]): Drawing {
  const filled = bins.filter((bin) => bin.count > 0);
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  return drawPlot({
    ...SIDES,
    height: 106,
    marginTop: 6,
    marginBottom: 42,
    x: { ...SHARE_AXIS, label: "confidence, %" },
    y: {
      ...AXIS,
      domain: [0, most],
      label: "rows",
      ticks: 2,
      tickFormat: shortCount,
    },
    marks: [
      Plot.rect(filled, {
        x1: "low",
        x2: "high",
        y1: 0,
        y2: "count",
        inset: 0.5,
        fill: "#c4cbd1",
      }),
      bins.length <= MOST_NUMBERED_BINS
        ? countNumbers(
          filled.map(({ low, high, count }) => ({ x1: low, x2: high, count })),
        )
        : null,
      Plot.ruleY([0], { stroke: INK }),
    ],
  });
}
