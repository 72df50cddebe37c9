import * as Plot from "@observablehq/plot";
import { AXIS } from "./axes.ts";
import { type Drawing, drawPlot } from "./drawing.ts";
import { FAINT, INK, PAPER } from "./theme.ts";

const BAND = 19;

/** Width of the values printed right of the bars. */
export const VALUE_ROOM = 46;

/** Options of `targetBars()`. */
export interface TargetBarsOptions {
  readonly colour: string;
  /** Length of the axis in pixels. */
  readonly length: number;
  /** Index of the true class. */
  readonly label: number;
  /** Whether the class names are printed. */
  readonly named: boolean;
  /** Names of the classes, short enough for the margin. */
  readonly short: readonly string[];
  readonly marginLeft: number;
}

/**
 * A distribution as horizontal bars with their values, on a scale from 0 to 1; the
 * true class is in bold on a grey band.
 *
 * @param probabilities `[classes]`, each in [0, 1]
 */
export function targetBars(
  probabilities: ArrayLike<number>,
  { colour, length, label, named, short, marginLeft }: TargetBarsOptions,
): Drawing {
  const bars = Array.from(probabilities, (value, k) => ({ value, k }));
  const names = (bold: boolean) =>
    Plot.axisY({
      ticks: bars.map(({ k }) => k).filter((k) => (k === label) === bold),
      tickFormat: (k: number) => short[k],
      tickSize: 0,
      label: null,
      ...(bold ? { fontWeight: "bold" } : {}),
    });
  return drawPlot({
    width: marginLeft + length + VALUE_ROOM,
    height: BAND * bars.length + 46,
    marginLeft,
    marginRight: VALUE_ROOM,
    marginTop: 4,
    marginBottom: 42,
    x: { ...AXIS, domain: [0, 1], label: "probability", ticks: 2 },
    y: {
      type: "band",
      domain: bars.map(({ k }) => k),
      padding: 0.2,
      axis: null,
    },
    marks: [
      Plot.barX([label], {
        y: (k: number) => k,
        x1: 0,
        x2: 1,
        insetLeft: -marginLeft,
        insetRight: -VALUE_ROOM,
        insetTop: -2,
        insetBottom: -2,
        fill: FAINT,
        fillOpacity: 0.45,
      }),
      Plot.gridX({ stroke: FAINT, strokeOpacity: 1, ticks: 2 }),
      named ? [names(false), names(true)] : null,
      Plot.barX(bars, { y: "k", x: "value", fill: colour }),
      Plot.ruleX([0], { stroke: INK }),
      // A white outline keeps the grid off the digits.
      numbers(bars.filter(({ k }) => k !== label), {
        fill: INK,
        stroke: PAPER,
        strokeWidth: 4,
      }),
      numbers(bars.filter(({ k }) => k === label), { fontWeight: "bold" }),
    ],
  });
}

function numbers(
  bars: readonly { value: number; k: number }[],
  look: Plot.TextOptions,
): Plot.Text {
  return Plot.text(bars, {
    y: "k",
    x: "value",
    text: ({ value }: { value: number }) => shareText(value),
    textAnchor: "start",
    dx: 4,
    ...look,
  });
}

/** Text with three decimal places; positive values that would round to 0 are "<0.001". */
export function shareText(value: number): string {
  if (value === 0) return "0";
  return value < 0.0005 ? "<0.001" : value.toFixed(3);
}
