import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import type { ReliabilityBin } from "../calibration/bins.ts";
import { AXIS, percentTick } from "./parts/axes.ts";
import { type Drawing, drawPlot, drawText, stack } from "./parts/drawing.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { ALARM, FAINT, INK } from "./parts/theme.ts";

const WIDTH = 440;
const RIGHT = "#0072b2";

/**
 * Histograms of the confidence of right answers (above) and wrong answers (below),
 * each as a share of its group, on one scale.
 *
 * @param bins of one model; `count * accuracy` is a bin's number of right answers
 * @throws {BadInput} if the bins contain no rows
 */
export function confidenceHistogram(
  bins: readonly ReliabilityBin[],
  text: FigureText = {},
): Figure {
  const right = bins.map(({ count, accuracy }) =>
    count ? Math.round(count * accuracy) : 0
  );
  const wrong = bins.map(({ count }, i) => count - right[i]);
  const total = (counts: number[]) => counts.reduce((sum, n) => sum + n, 0);
  const [rights, wrongs] = [total(right), total(wrong)];
  if (rights + wrongs === 0) {
    throw new BadInput("Cannot draw a confidence histogram without rows");
  }
  const group = (counts: number[], sum: number) =>
    bins.map(({ low, high }, i) => ({
      low,
      high,
      share: sum ? counts[i] / sum : 0,
    }));
  const panels = [group(right, rights), group(wrong, wrongs)];
  const most = Math.max(...panels.flat().map(({ share }) => share));
  const draw = (i: number, colour: string) =>
    histogram(panels[i], { most, colour, last: i === 1 });
  const answers = (n: number) => n.toLocaleString("en");
  const body = stack([
    heading(`right answers, n = ${answers(rights)}`, RIGHT),
    draw(0, RIGHT),
    heading(`wrong answers, n = ${answers(wrongs)}`, ALARM),
    draw(1, ALARM),
  ], 2);
  return frame(body, {
    ariaLabel: `Confidence of ${rights} right and ${wrongs} wrong answers ` +
      `in ${bins.length} bins`,
    ...text,
  });
}

function heading(text: string, colour: string): Drawing {
  return drawText(text, { width: WIDTH, bold: true, colour });
}

function histogram(
  shares: readonly { low: number; high: number; share: number }[],
  { most, colour, last }: { most: number; colour: string; last: boolean },
): Drawing {
  const marginBottom = last ? 42 : 8;
  return drawPlot({
    width: WIDTH,
    height: 126 + marginBottom,
    marginTop: 6,
    marginBottom,
    marginLeft: 56,
    marginRight: 12,
    x: {
      ...AXIS,
      domain: [0, 1],
      label: "confidence, %",
      tickFormat: percentTick,
      ...(last ? {} : { axis: null }),
    },
    y: {
      ...AXIS,
      domain: [0, most],
      label: "share of group, %",
      tickFormat: percentTick,
      ticks: 4,
    },
    marks: [
      Plot.gridY({ stroke: FAINT, strokeOpacity: 1, ticks: 4 }),
      Plot.rect(shares.filter(({ share }) => share > 0), {
        x1: "low",
        x2: "high",
        y1: 0,
        y2: "share",
        inset: 0.5,
        fill: colour,
      }),
      Plot.ruleY([0], { stroke: INK }),
    ],
  });
}
