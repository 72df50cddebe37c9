import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import type { Points } from "../matrix_kinds.ts";
import { extent } from "./parts/axes.ts";
import { type Drawing, drawPlot } from "./parts/drawing.ts";
import { placeLabels } from "./parts/place_labels.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { textWidth } from "./parts/text_width.ts";
import { classColour, FAINT, INK, PAPER } from "./parts/theme.ts";

/** Options of `embeddingScatter()`. */
export interface EmbeddingScatterOptions extends FigureText {
  readonly classNames: readonly string[];
  /** Width and height of the picture in pixels (380). */
  readonly size?: number;
  /** Names of the two directions (["t-SNE 1", "t-SNE 2"]). */
  readonly axes?: readonly [string, string];
}

/**
 * Scatter plot of an embedding coloured by class, with equal scales in both
 * directions and each class named at the median of its points. The axes have no
 * ticks, as distances in an embedding have no unit.
 *
 * @param embedding `[n, 2]`, finite
 * @param labels `[n]` class indices
 * @throws {BadInput} if the shapes do not match, or if a number is not finite
 */
export function embeddingScatter(
  embedding: Points,
  labels: Int32Array,
  options: EmbeddingScatterOptions,
): Figure {
  check(embedding, labels, options.classNames.length);
  const { rows } = embedding;
  const classes = new Set(labels).size;
  return frame(drawPoints(embedding, labels, options), {
    ariaLabel: `Scatter of ${rows} points of ${classes} classes`,
    ...options,
  });
}

function check(embedding: Points, labels: Int32Array, classes: number): void {
  const { rows, columns, data } = embedding;
  if (columns !== 2 || rows !== labels.length || rows === 0) {
    throw new BadInput(
      `Cannot draw a scatter of ${rows} rows of ${columns} numbers with ` +
        `${labels.length} labels: each label needs a row of 2 numbers`,
    );
  }
  const label = labels.find((label) => label < 0 || label >= classes);
  if (label !== undefined) {
    throw new BadInput(
      `Cannot draw a scatter as labels must be in [0, ${classes - 1}]: ` +
        `current value is ${label}`,
    );
  }
  const odd = data.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) {
    throw new BadInput(
      "Cannot draw a scatter as every number must be finite: " +
        `row ${Math.floor(odd / 2)} has ${data[odd]}`,
    );
  }
}

const MARGIN = 24;
const NAME_SIZE = 13;

function drawPoints(
  { data }: Points,
  labels: Int32Array,
  options: EmbeddingScatterOptions,
): Drawing {
  const { size = 380, classNames, axes = ["t-SNE 1", "t-SNE 2"] } = options;
  const xs = data.filter((_, i) => i % 2 === 0);
  const ys = data.filter((_, i) => i % 2 === 1);
  const { xDomain, yDomain, half } = equalDomains(xs, ys);
  // Size of a pixel in units of the embedding.
  const pixel = 2 * half / (size - 2 * MARGIN);
  return drawPlot({
    width: size,
    // The area within the margins is square.
    height: size,
    margin: MARGIN,
    marginTop: 2,
    marginRight: 2,
    x: { axis: null, domain: xDomain },
    y: { axis: null, domain: yDomain },
    marks: [
      Plot.frame({ stroke: FAINT }),
      pointPaths(xs, ys, labels),
      nameMark(placedNames(xs, ys, { labels, classNames, pixel })),
      Plot.text([axes[0]], { frameAnchor: "bottom", dy: 18, fill: INK }),
      Plot.text([axes[1]], { frameAnchor: "left", dx: -14, rotate: -90 }),
    ],
  });
}

type Numbers = Float32Array | Float64Array;

/** Domains of the same length `2 * half`, which keeps the scales equal. */
function equalDomains(xs: Numbers, ys: Numbers) {
  const [x, y] = [extent(xs), extent(ys)];
  const half = 0.53 * Math.max(x[1] - x[0], y[1] - y[0]) || 1;
  const around = (
    [low, high]: [number, number],
  ) => [(low + high) / 2 - half, (low + high) / 2 + half];
  return { xDomain: around(x), yDomain: around(y), half };
}

/** A class name and the position of its centre. */
interface PlacedName {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

function nameMark(names: readonly PlacedName[]): Plot.Text {
  return Plot.text(names, {
    x: "x",
    y: "y",
    text: "name",
    fontWeight: "bold",
    fontSize: NAME_SIZE,
    fill: INK,
    stroke: PAPER,
    strokeWidth: 4,
    strokeOpacity: 0.85,
  });
}

/**
 * Positions of the class names: the median of each class's points, moved up or down
 * if names would overlap.
 */
function placedNames(
  xs: Numbers,
  ys: Numbers,
  { labels, classNames, pixel }: {
    readonly labels: Int32Array;
    readonly classNames: readonly string[];
    readonly pixel: number;
  },
): PlacedName[] {
  const present = [...new Set(labels)].sort((a, b) => a - b);
  const medians = present.map((label) => ({
    name: classNames[label],
    x: median(xs.filter((_, i) => labels[i] === label)),
    y: median(ys.filter((_, i) => labels[i] === label)),
  }));
  const placed = placeLabels(
    medians.map(({ name, x, y }) => ({
      x: x / pixel,
      y: y / pixel,
      width: textWidth(name, NAME_SIZE),
    })),
    NAME_SIZE,
  );
  return medians.map(({ name, x }, i) => ({ name, x, y: placed[i] * pixel }));
}

/** The middle value, or the mean of the two middle values. */
function median(values: Numbers): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * All points as a few paths of round dots, which take a tenth of the bytes of
 * circles. Classes are drawn in alternating rounds so that none covers the others.
 */
function pointPaths(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  labels: Int32Array,
): Plot.Markish {
  const rounds = 8;
  const radius = labels.length > 2000 ? 1.6 : labels.length > 500 ? 2.2 : 3;
  return (_index, scales, _values, _dimensions, context) => {
    const paths = new Map<string, string>();
    for (let round = 0; round < rounds; round++) {
      for (let i = round; i < labels.length; i += rounds) {
        const key = `${round} ${labels[i]}`;
        const at = `${scales.x!(xs[i]).toFixed(1)},${
          scales.y!(ys[i]).toFixed(1)
        }`;
        paths.set(key, `${paths.get(key) ?? ""}M${at}h0`);
      }
    }
    // deno-lint-ignore no-explicit-any
    const { document } = context as any;
    const make = (name: string) =>
      document.createElementNS("http://www.w3.org/2000/svg", name);
    const group = make("g");
    for (const [key, d] of paths) {
      const path = make("path");
      const colour = classColour(Number(key.split(" ")[1]));
      for (const [name, value] of [["d", d], ["stroke", colour]]) {
        path.setAttribute(name, value);
      }
      group.appendChild(path);
    }
    group.setAttribute("aria-label", "points");
    group.setAttribute("stroke-linecap", "round");
    group.setAttribute("stroke-width", String(2 * radius));
    group.setAttribute("stroke-opacity", "0.75");
    return group;
  };
}
