import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import { mean } from "../statistics/summary.ts";
import { extent, numberAxis, widen } from "./parts/axes.ts";
import { type Drawing, drawPlot } from "./parts/drawing.ts";
import { endLabels, labelRoom } from "./parts/end_labels.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { FAINT, INK, methodTitle, seriesColours } from "./parts/theme.ts";

/** A score of the same runs on two sides, such as a teacher and its student. */
export interface SlopeSeries {
  /** Determines the colour, and the name if there is no `label`. */
  readonly method: string;
  readonly label?: string;
  /** `[left, right]`, one pair per seed. */
  readonly pairs: readonly (readonly [left: number, right: number])[];
}

/** Options of `slopeChart()`. */
export interface SlopeChartOptions extends FigureText {
  /** Names of the two sides: `["teacher", "student"]`. */
  readonly sides: readonly [left: string, right: string];
  /** Name of the score with its unit: "test accuracy, %". */
  readonly score: string;
  /** Decimal places of the printed means (1). */
  readonly digits?: number;
  /** Whether each pair is drawn as a thin line (true). */
  readonly seeds?: boolean;
}

const WIDTH = 230;
const HEIGHT = 320;
const MARGINS = { marginTop: 26, marginBottom: 16, marginLeft: 76 };

/**
 * A score on two sides, one line per method from its mean on the left to its mean on
 * the right, both printed next to the name. Thin lines are the single seeds.
 *
 * @throws {BadInput} if a method has no pair or one that is not finite
 */
export function slopeChart(
  methods: readonly SlopeSeries[],
  options: SlopeChartOptions,
): Figure {
  const { sides, score, digits = 1 } = options;
  check(methods, score);
  const colours = seriesColours(methods.map(({ method }) => method));
  const slopes = methods.map((series): Slope => {
    const left = mean(series.pairs.map(([left]) => left));
    const right = mean(series.pairs.map(([, right]) => right));
    const change = `${left.toFixed(digits)} → ${right.toFixed(digits)}`;
    const name = `${nameOf(series)}: ${change}`;
    const colour = colours.get(series.method)!;
    return { pairs: series.pairs, colour, name, left, right };
  });
  return frame(drawSlopes(slopes, options), {
    ariaLabel: `${score}, ${sides[0]} → ${sides[1]}. ` +
      slopes.map(({ name }) => name).join("; "),
    ...options,
  });
}

interface Slope {
  readonly pairs: SlopeSeries["pairs"];
  readonly colour: string;
  readonly name: string;
  /** Mean on the left. */
  readonly left: number;
  /** Mean on the right. */
  readonly right: number;
}

function nameOf({ method, label }: SlopeSeries): string {
  return label ?? methodTitle(method);
}

function check(methods: readonly SlopeSeries[], score: string): void {
  const bad = methods.find(({ pairs }) =>
    !pairs.length || !pairs.flat().every(Number.isFinite)
  );
  if (!bad && methods.length) return;
  throw new BadInput(
    `Cannot draw ${score} on two sides as each method must have finite pairs: ` +
      (bad ? `${nameOf(bad)} has none` : "there is no method"),
  );
}

function drawSlopes(
  slopes: readonly Slope[],
  { sides, score, seeds = true }: SlopeChartOptions,
): Drawing {
  const shown = slopes.flatMap(({ pairs, left, right }) =>
    seeds ? pairs.flat() : [left, right]
  );
  const domain = widen(extent(shown));
  const marginRight = labelRoom(slopes.map(({ name }) => name));
  const ends = slopes.map(({ right, name, colour }) => (
    { x: 1, y: right, name, colour }
  ));
  return drawPlot({
    ...MARGINS,
    marginRight,
    width: MARGINS.marginLeft + WIDTH + marginRight,
    height: HEIGHT,
    x: { axis: null, domain: [0, 1] },
    y: numberAxis(score, domain),
    marks: [
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: 6 }),
      Plot.ruleX([0, 1], { stroke: INK }),
      slopes.map((slope) => slopeMarks(slope, seeds)),
      endLabels(ends, 1, {
        domain,
        log: false,
        length: HEIGHT - MARGINS.marginTop - MARGINS.marginBottom,
      }),
      Plot.text(sides, {
        x: (_: string, side: number) => side,
        frameAnchor: "top",
        dy: -16,
        fontWeight: "bold",
      }),
    ],
  });
}

function slopeMarks(
  { pairs, colour, left, right }: Slope,
  seeds: boolean,
): Plot.Markish[] {
  const means = [left, right];
  const side = (_: number, i: number) => i;
  return [
    Plot.link(seeds && pairs.length > 1 ? pairs : [], {
      x1: 0,
      x2: 1,
      y1: "0",
      y2: "1",
      stroke: colour,
      strokeWidth: 0.8,
      strokeOpacity: 0.35,
    }),
    Plot.line(means, { x: side, y: means, stroke: colour, strokeWidth: 2.5 }),
    Plot.dot(means, { x: side, y: means, fill: colour, r: 4.5 }),
  ];
}
