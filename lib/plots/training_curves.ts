import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import { AXIS, extent, numberAxis, wholeTicks, widen } from "./parts/axes.ts";
import {
  type Drawing,
  drawLegend,
  drawPlot,
  grid,
  type LegendItem,
  stack,
} from "./parts/drawing.ts";
import { endLabels, labelRoom, type LineEnd } from "./parts/end_labels.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { FAINT, methodTitle, MUTED, seriesColours } from "./parts/theme.ts";

/** Losses and accuracy of one epoch; other keys are ignored. */
export interface EpochNumbers {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
  /** Accuracy on the validation data, in [0, 1]. */
  readonly validationAccuracy: number;
}

/** One run; runs with the same method share a colour and a label. */
export interface TrainingCurve {
  readonly method: string;
  readonly label?: string;
  readonly history: readonly EpochNumbers[];
}

/** Options of `trainingCurves()`. */
export interface TrainingCurvesOptions extends FigureText {
  /** Scale of the loss axis ("linear"). */
  readonly lossScale?: "linear" | "log";
  /** Draws the training loss as a dashed line (true). */
  readonly trainLoss?: boolean;
}

interface Line {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly { epoch: number; value: number }[];
  readonly dashed: boolean;
}

interface Panel {
  readonly label: string;
  readonly scale: "linear" | "log";
}

const HEIGHT = 300;
const MARGINS = { marginTop: 12, marginBottom: 44, marginLeft: 60 };

/**
 * Loss and validation accuracy per epoch, one colour per method, with each line
 * labelled at its end. Losses of runs with different targets are not comparable.
 *
 * @throws {BadInput} if there is no epoch, or if the loss axis is logarithmic and a
 * loss is not above 0
 */
export function trainingCurves(
  curves: readonly TrainingCurve[],
  options: TrainingCurvesOptions = {},
): Figure {
  const { lossScale = "linear", trainLoss = true } = options;
  if (!curves.some(({ history }) => history.length)) {
    throw new BadInput("Cannot draw training curves without an epoch");
  }
  const losses = linesOf(curves, (row) => row.validationLoss);
  if (trainLoss) {
    const training = linesOf(curves, (row) => row.trainLoss);
    losses.unshift(...training.map((line) => ({ ...line, dashed: true })));
  }
  const accuracy = linesOf(curves, (row) => row.validationAccuracy * 100);
  const legend: LegendItem[] = [
    { label: "validation", colour: MUTED, mark: "line" },
  ];
  if (trainLoss) {
    legend.push({ label: "training", colour: MUTED, mark: "dashed" });
  }
  const body = grid([
    linePanel(losses, { label: "loss", scale: lossScale }),
    linePanel(accuracy, { label: "validation accuracy, %", scale: "linear" }),
  ], { columns: 2, gap: 16 });
  const names = new Set(accuracy.map(({ name }) => name));
  return frame(stack([drawLegend(legend, body.width), body], 4), {
    ariaLabel: `Loss and validation accuracy per epoch of ${
      [...names].join(", ")
    }`,
    ...options,
  });
}

function linesOf(
  curves: readonly TrainingCurve[],
  valueOf: (row: EpochNumbers) => number,
): Line[] {
  const colours = seriesColours(curves.map(({ method }) => method));
  return curves.filter(({ history }) => history.length).map((curve) => ({
    name: curve.label ?? methodTitle(curve.method),
    colour: colours.get(curve.method)!,
    points: curve.history.map((row) => ({
      epoch: row.epoch,
      value: valueOf(row),
    })),
    dashed: false,
  }));
}

function linePanel(lines: readonly Line[], { label, scale }: Panel): Drawing {
  const log = scale === "log";
  const values = lines.flatMap(({ points }) => points.map((p) => p.value));
  if (log && values.some((value) => value <= 0)) {
    throw new BadInput(
      "Cannot draw training curves as a loss on a log scale must be above 0: " +
        `smallest value is ${Math.min(...values)}`,
    );
  }
  const epochs = lines.flatMap(({ points }) => points.map((p) => p.epoch));
  const domain = widen(extent(values), { log });
  const [first, last] = extent(epochs);
  const ends = endsOf(lines);
  const marginRight = labelRoom(ends.map(({ name }) => name));
  const edge = first === last ? last + 1 : last;
  const y = numberAxis(label, domain, { log });
  return drawPlot({
    ...MARGINS,
    marginRight,
    width: 330 + marginRight + MARGINS.marginLeft,
    height: HEIGHT,
    x: {
      ...AXIS,
      label: "epoch",
      domain: [first === last ? first - 1 : first, edge],
      ticks: wholeTicks(first, last),
      tickFormat: String,
    },
    y,
    marks: [
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: y.ticks! }),
      lines.map(lineMarks),
      endLabels(ends, edge, {
        domain,
        log,
        length: HEIGHT - MARGINS.marginTop - MARGINS.marginBottom,
      }),
    ],
  });
}

function lineMarks({ points, colour, dashed }: Line): Plot.Markish {
  const place = { x: "epoch", y: "value" };
  const dash = dashed ? { strokeDasharray: "5,3" } : {};
  return [
    Plot.line(points, {
      ...place,
      ...dash,
      stroke: colour,
      strokeWidth: dashed ? 1.3 : 2,
    }),
    // Short runs also show their points.
    points.length <= 12
      ? Plot.dot(points, { ...place, fill: colour, r: dashed ? 1.5 : 2.5 })
      : null,
  ];
}

/** One label position per name: the mean end point of its solid lines. */
function endsOf(lines: readonly Line[]): LineEnd[] {
  const solid = lines.filter(({ dashed, points }) =>
    !dashed && Number.isFinite(points.at(-1)!.value)
  );
  return [...new Set(solid.map(({ name }) => name))].map((name) => {
    const named = solid.filter((line) => line.name === name);
    const last = named.map(({ points }) => points.at(-1)!);
    return {
      name,
      colour: named[0].colour,
      x: Math.max(...last.map(({ epoch }) => epoch)),
      y: last.reduce((sum, { value }) => sum + value, 0) / last.length,
    };
  });
}
