import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import { mean, sampleStandardDeviation } from "../statistics/summary.ts";
import { AXIS, extent, nameRoom, widen } from "./parts/axes.ts";
import { type Drawing, drawLegend, drawPlot, stack } from "./parts/drawing.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import {
  FAINT,
  methodTitle,
  MUTED,
  PAPER,
  seriesColours,
} from "./parts/theme.ts";

/** One metric of one method. */
export interface MethodValues {
  /** Determines the colour, and the name if there is no `label`. */
  readonly method: string;
  readonly label?: string;
  /** One value per seed. */
  readonly values: readonly number[];
  /** Values after temperature scaling. */
  readonly scaled?: readonly number[];
}

/** Options of `methodComparison()`. */
export interface MethodComparisonOptions extends FigureText {
  /** Name of the metric with its unit, for the axis: "ECE, %". */
  readonly metric: string;
  /** Multiplier of every value (1): 100 for per cent. */
  readonly factor?: number;
  /** Decimal places of the printed numbers (2). */
  readonly digits?: number;
  /** Which direction is better; printed next to the axis name (nothing). */
  readonly better?: "lower" | "higher";
}

interface Row {
  readonly y: number;
  readonly colour: string;
  readonly scaled: boolean;
  readonly values: readonly number[];
  readonly mean: number;
  readonly stdev: number | null;
  readonly text: string;
}

/**
 * A metric of several methods: seeds as small dots, the mean as a large dot, the
 * mean ± one sample standard deviation as a line and in numbers. The large dots are
 * filled for networks as trained and hollow after temperature scaling.
 *
 * @throws {BadInput} if a method has no value or one that is not finite
 */
export function methodComparison(
  methods: readonly MethodValues[],
  options: MethodComparisonOptions,
): Figure {
  const { metric } = options;
  check(methods, metric);
  const rows = rowsOf(methods, options);
  const pairs = rows.some(({ scaled }) => scaled);
  const plot = drawRows(rows, methods, options);
  const legend = drawLegend([
    {
      label: pairs ? "mean ± stdev as trained" : "mean ± stdev",
      colour: MUTED,
      mark: "dot",
    },
    ...(pairs
      ? [{
        label: "temperature-scaled",
        colour: MUTED,
        mark: "ring" as const,
      }]
      : []),
    { label: "one seed", colour: MUTED, mark: "small" },
  ], plot.width);
  const summaries = methods.map((method, i) =>
    `${nameOf(method)} ` +
    rows.filter(({ y }) => Math.round(y) === i).map(({ text, scaled }) =>
      scaled ? `(scaled ${text})` : text
    ).join(" ")
  );
  return frame(stack([legend, plot], 4), {
    ariaLabel: `${metric} by method: ${summaries.join("; ")}`,
    ...options,
  });
}

function check(methods: readonly MethodValues[], metric: string): void {
  const bad = methods.find(({ values, scaled = [0] }) =>
    !values.length || !scaled.length ||
    ![...values, ...scaled].every(Number.isFinite)
  );
  if (bad || !methods.length) {
    throw new BadInput(
      `Cannot compare ${metric} as each method must have finite values: ` +
        (bad ? `${nameOf(bad)} has none` : "there is no method"),
    );
  }
}

function nameOf({ method, label }: MethodValues): string {
  return label ?? methodTitle(method);
}

function rowsOf(
  methods: readonly MethodValues[],
  { factor = 1, digits = 2 }: MethodComparisonOptions,
): Row[] {
  const colours = seriesColours(methods.map(({ method }) => method));
  const row = (
    colour: string,
    y: number,
    scaled: boolean,
    raw: readonly number[],
  ) => {
    const values = raw.map((value) => value * factor);
    const centre = mean(values);
    const stdev = values.length > 1 ? sampleStandardDeviation(values) : null;
    const text = centre.toFixed(digits) +
      (stdev === null ? "" : ` ± ${stdev.toFixed(digits)}`);
    return { y, colour, scaled, values, mean: centre, stdev, text };
  };
  return methods.flatMap(({ method, values, scaled }, i) => {
    const colour = colours.get(method)!;
    return scaled
      ? [
        row(colour, i - 0.2, false, values),
        row(colour, i + 0.2, true, scaled),
      ]
      : [row(colour, i, false, values)];
  });
}

function drawRows(
  rows: readonly Row[],
  methods: readonly MethodValues[],
  { metric, better }: MethodComparisonOptions,
): Drawing {
  const { short, room } = nameRoom(methods.map(nameOf));
  const reach = rows.flatMap(({ values, mean, stdev }) => [
    ...values,
    mean - (stdev ?? 0),
    mean + (stdev ?? 0),
  ]);
  const marginLeft = room + 16;
  const marginRight = 120;
  const between = rows.length > methods.length ? 46 : 30;
  return drawPlot({
    width: marginLeft + 400 + marginRight,
    height: between * methods.length + 56,
    marginLeft,
    marginRight,
    marginTop: 6,
    marginBottom: 44,
    x: {
      ...AXIS,
      domain: widen(extent(reach)),
      label: metric + (better ? ` (${better} is better)` : ""),
    },
    y: {
      domain: [methods.length - 0.5, -0.5],
      ticks: methods.map((_, i) => i),
      tickFormat: (i: number) => short[i],
      tickSize: 0,
      label: null,
    },
    marks: rowMarks(rows),
  });
}

function rowMarks(rows: readonly Row[]): Plot.Markish[] {
  const seeds = rows.flatMap(({ values, y, colour }) =>
    values.map((value) => ({ value, y, colour }))
  );
  const spreads = rows.filter(({ stdev }) => stdev !== null);
  return [
    Plot.gridX({ stroke: FAINT, strokeOpacity: 1 }),
    Plot.ruleY(spreads, {
      y: "y",
      x1: ({ mean, stdev }: Row) => mean - stdev!,
      x2: ({ mean, stdev }: Row) => mean + stdev!,
      stroke: "colour",
      strokeWidth: 2,
    }),
    Plot.dot(rows, {
      x: "mean",
      y: "y",
      r: 5.5,
      stroke: "colour",
      strokeWidth: 1.8,
      fill: ({ colour, scaled }: Row) => scaled ? PAPER : colour,
    }),
    Plot.dot(seeds, {
      x: "value",
      y: "y",
      r: 2.2,
      fill: "colour",
      stroke: PAPER,
      strokeWidth: 0.7,
      dy: 9,
    }),
    Plot.text(rows, {
      frameAnchor: "right",
      y: "y",
      text: "text",
      textAnchor: "start",
      dx: 10,
    }),
  ];
}
