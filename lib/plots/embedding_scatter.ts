import * as Plot from "@observablehq/plot";
import { BadInput } from "../bad_input.ts";
import type { Points } from "../matrix_kinds.ts";
import { type Drawing, drawPlot } from "./parts/drawing.ts";
import {
  EMBEDDING_MARGINS,
  EMBEDDING_SIZE,
  type EmbeddingFrame,
  embeddingFrame,
} from "./parts/embedding_frame.ts";
import { placeLabels } from "./parts/place_labels.ts";
import { pointPaths } from "./parts/point_paths.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { shortenMiddle, textWidth } from "./parts/text_width.ts";
import { FAINT, INK, PAPER } from "./parts/theme.ts";

/** Options of `embeddingScatter()`. */
export interface EmbeddingScatterOptions extends FigureText {
  readonly classNames: readonly string[];
  /** Width and height of the picture in pixels (380). */
  readonly size?: number;
  /** Names of the two directions (["t-SNE 1", "t-SNE 2"]). */
  readonly axes?: readonly [string, string];
  /** Classes whose points are not drawn; the scales stay. */
  readonly hidden?: ReadonlySet<number>;
  /** Rows that stand out; all others become faint. */
  readonly selected?: ReadonlySet<number>;
}

/**
 * Scatter plot of an embedding coloured by class, with equal scales in both
 * directions and each class named at the median of its points, within the frame. The
 * axes have no ticks, as distances in an embedding have no unit.
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

const NAME_SIZE = 13;

function drawPoints(
  embedding: Points,
  labels: Int32Array,
  options: EmbeddingScatterOptions,
): Drawing {
  const { size = EMBEDDING_SIZE, classNames, axes = ["t-SNE 1", "t-SNE 2"] } =
    options;
  const { hidden, selected } = options;
  const scales = embeddingFrame(embedding, size);
  const { xs, ys, xDomain, yDomain } = scales;
  const shown = (i: number) => !hidden?.has(labels[i]);
  const points = { xs, ys, labels };
  const names = placedNames(scales, labels, { classNames, hidden });
  return drawPlot({
    width: size,
    // The area within the margins is square.
    height: size,
    ...EMBEDDING_MARGINS,
    x: { axis: null, domain: xDomain },
    y: { axis: null, domain: yDomain },
    marks: [
      Plot.frame({ stroke: FAINT }),
      ...selected === undefined ? [pointPaths(points, { shown })] : [
        pointPaths(points, {
          shown: (i) => shown(i) && !selected.has(i),
          opacity: 0.15,
        }),
        pointPaths(points, {
          shown: (i) => shown(i) && selected.has(i),
          opacity: 1,
        }),
      ],
      nameMark(names),
      Plot.text([axes[0]], { frameAnchor: "bottom", dy: 18, fill: INK }),
      Plot.text([axes[1]], { frameAnchor: "left", dx: -14, rotate: -90 }),
    ],
  });
}

type Numbers = Float32Array | Float64Array;

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

/** Space between a name and the frame, in pixels. */
const NAME_GAP = 3;

/** Width of bold letters relative to those of `textWidth()`. */
const BOLD = 1.08;

/**
 * Positions of the class names: the median of each class's points, moved into the frame,
 * and up or down if names would overlap. A name wider than the frame is shortened.
 */
function placedNames(
  { xs, ys, xDomain, yDomain, pixel }: EmbeddingFrame,
  labels: Int32Array,
  { classNames, hidden }: {
    readonly classNames: readonly string[];
    readonly hidden: ReadonlySet<number> | undefined;
  },
): PlacedName[] {
  const present = [...new Set(labels)].filter((label) => !hidden?.has(label))
    .sort((a, b) => a - b);
  const inPixels = ([low, high]: readonly [number, number]) =>
    [low / pixel + NAME_GAP, high / pixel - NAME_GAP] as const;
  const area = { x: inPixels(xDomain), y: inPixels(yDomain) };
  const room = area.x[1] - area.x[0];
  const named = present.map((label) => {
    const name = shortenMiddle(classNames[label], room / BOLD, NAME_SIZE);
    return {
      name,
      width: textWidth(name, NAME_SIZE) * BOLD,
      x: median(xs.filter((_, i) => labels[i] === label)) / pixel,
      y: median(ys.filter((_, i) => labels[i] === label)) / pixel,
    };
  });
  const placed = placeLabels(named, NAME_SIZE, area);
  return named.map(({ name }, i) => ({
    name,
    x: placed[i].x * pixel,
    y: placed[i].y * pixel,
  }));
}

/** The middle value, or the mean of the two middle values. */
function median(values: Numbers): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}
