import * as Plot from "@observablehq/plot";
import { spread } from "./axes.ts";
import { textWidth } from "./text_width.ts";
import { TEXT_SIZE } from "./theme.ts";

/** The end point of a line, with the line's name and colour. */
export interface LineEnd {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly colour: string;
}

/** The vertical axis along which the labels are placed. */
export interface LabelAxis {
  readonly domain: readonly [number, number];
  readonly log: boolean;
  /** Length of the axis in pixels. */
  readonly length: number;
}

const STEP = 15;

/** Width, in pixels, of the margin for the names to the right of the lines. */
export function labelRoom(names: readonly string[]): number {
  const widths = names.map((name) => textWidth(name, TEXT_SIZE) * 1.08);
  return Math.ceil(Math.max(0, ...widths)) + 26;
}

/**
 * Names of lines to the right of the frame, each as close to the end of its line as
 * the others allow and joined to it by a thin line.
 *
 * @param edge x at the right side of the frame
 */
export function endLabels(
  ends: readonly LineEnd[],
  edge: number,
  { domain, log, length }: LabelAxis,
): Plot.Markish {
  const scaled = (value: number) => log ? Math.log(value) : value;
  const [low, high] = domain.map(scaled);
  const gap = STEP / length * (high - low);
  const places = spread(ends.map(({ y }) => scaled(y)), { gap, low, high });
  const labels = ends.map((end, i) => ({
    ...end,
    edge,
    place: log ? Math.exp(places[i]) : places[i],
  }));
  const early = labels.filter(({ x }) => x < edge);
  return [
    Plot.link(early, {
      x1: "x",
      y1: "y",
      x2: "edge",
      y2: "y",
      stroke: "colour",
      strokeOpacity: 0.7,
      strokeDasharray: "1,3",
    }),
    Plot.text(labels, {
      x: "edge",
      y: "place",
      text: "name",
      fill: "colour",
      fontWeight: "bold",
      textAnchor: "start",
      dx: 18,
    }),
    leaders(labels),
  ];
}

/** Joins the end of each line to its label over a fixed width in pixels. */
function leaders(
  labels: readonly { edge: number; y: number; place: number; colour: string }[],
): Plot.Markish {
  return labels.map((label) =>
    Plot.link([label], {
      x1: "edge",
      x2: "edge",
      y1: "y",
      y2: "place",
      stroke: label.colour,
      render(index, scales, values, dimensions, context, next) {
        const node = next!(index, scales, values, dimensions, context);
        const path = node?.querySelector("path");
        const x = scales.x!(label.edge);
        const [from, to] = [scales.y!(label.y), scales.y!(label.place)];
        path?.setAttribute("d", `M${x + 3},${from}L${x + 15},${to}`);
        return node;
      },
    })
  );
}
