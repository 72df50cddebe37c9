import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import { AXIS, extent, spread, wholeTicks, widen } from "./axes.ts";
import { type Drawing, drawLegend, drawPlot, grid, stack } from "./drawing.ts";
import { type Figure, type FigureText, frame } from "./render.ts";
import { textWidth } from "./text_width.ts";
import {
  FAINT,
  methodTitle,
  MUTED,
  seriesColours,
  TEXT_SIZE,
} from "./theme.ts";

/** What a training run says of one epoch; other keys are not looked at. */
export interface EpochNumbers {
  /** 1 for the first. */
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
  /** In [0, 1]. */
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
  /** Whether the training loss is drawn too, dashed (true). */
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
 * Loss and validation accuracy per epoch, one colour per method, each line
 * named at its end. Losses of runs with different targets are not comparable.
 *
 * @throws {BadInput} if there is no epoch at all, or if the loss axis is
 * logarithmic and a loss is not above 0
 */
export function trainingCurves(
  curves: readonly TrainingCurve[],
  options: TrainingCurvesOptions = {},
): Figure {
  const { lossScale = "linear", trainLoss = true } = options;
  if (!curves.some(({ history }) => history.length)) {
    throw new BadInput("Cannot draw training curves without an epoch");
  }
  const colours = seriesColours(curves.map(({ method }) => method));
  const lines = (key: Exclude<keyof EpochNumbers, "epoch">, dashed = false) =>
    curves.filter(({ history }) => history.length).map((curve): Line => ({
      name: curve.label ?? methodTitle(curve.method),
      colour: colours.get(curve.method)!,
      points: curve.history.map((row) => ({
        epoch: row.epoch,
        value: row[key],
      })),
      dashed,
    }));
  const losses = lines("validationLoss");
  if (trainLoss) losses.unshift(...lines("trainLoss", true));
  const accuracy = lines("validationAccuracy").map((line) => ({
    ...line,
    points: line.points.map(({ epoch, value }) => ({
      epoch,
      value: value * 100,
    })),
  }));
  const legend = drawLegend([
    { label: "validation", colour: MUTED, mark: "line" },
    ...(trainLoss
      ? [{ label: "training", colour: MUTED, mark: "dashed" as const }]
      : []),
  ], 600);
  const body = grid([
    linePanel(losses, { label: "loss", scale: lossScale }),
    linePanel(accuracy, { label: "validation accuracy, %", scale: "linear" }),
  ], { columns: 2, gap: 16 });
  const names = new Set(accuracy.map(({ name }) => name));
  return frame(stack([legend, body], 4), {
    ariaLabel: `Loss and validation accuracy per epoch of ${
      [...names].join(", ")
    }`,
    ...options,
  });
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
  const names = lines.map(({ name }) => textWidth(name, TEXT_SIZE));
  const marginRight = Math.ceil(Math.max(...names)) + 16;
  return drawPlot({
    ...MARGINS,
    marginRight,
    width: 330 + marginRight + MARGINS.marginLeft,
    height: HEIGHT,
    x: {
      ...AXIS,
      label: "epoch",
      domain: first === last ? [first - 1, last + 1] : [first, last],
      ticks: wholeTicks(first, last),
      tickFormat: String,
    },
    y: { ...AXIS, type: scale, label, domain, ticks: 6 },
    marks: [
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: 6 }),
      lines.map(lineMarks),
      endLabels(lines, { domain, log }),
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
    // A short run is a few points rather than a line.
    points.length <= 12
      ? Plot.dot(points, { ...place, fill: colour, r: dashed ? 1.5 : 2.5 })
      : null,
  ];
}

/** One label per name, at the mean end of its solid lines. */
function endLabels(
  lines: readonly Line[],
  { domain, log }: { domain: [number, number]; log: boolean },
): Plot.Markish {
  const solid = lines.filter(({ dashed }) => !dashed);
  const scaled = (value: number) => log ? Math.log(value) : value;
  const ends = [...new Set(solid.map(({ name }) => name))].map((name) => {
    const own = solid.filter((line) => line.name === name);
    const last = own.map(({ points }) => scaled(points.at(-1)!.value))
      .filter(Number.isFinite);
    const value = last.reduce((sum, v) => sum + v, 0) / last.length;
    const epoch = Math.max(...own.map(({ points }) => points.at(-1)!.epoch));
    return { name, value, epoch, colour: own[0].colour };
  }).filter(({ value }) => Number.isFinite(value));
  const [low, high] = domain.map(scaled);
  const inner = HEIGHT - MARGINS.marginTop - MARGINS.marginBottom;
  const gap = 15 / inner * (high - low);
  const places = spread(ends.map(({ value }) => value), { gap, low, high });
  const labels = ends.map((end, i) => ({
    ...end,
    place: log ? Math.exp(places[i]) : places[i],
  }));
  return Plot.text(labels, {
    x: "epoch",
    y: "place",
    text: "name",
    fill: "colour",
    fontWeight: "bold",
    textAnchor: "start",
    dx: 7,
  });
}
