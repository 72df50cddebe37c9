import type { Points } from "../../matrix_kinds.ts";
import { extent } from "./axes.ts";
import { FIGURE_MARGIN } from "./render.ts";

/** Width and height of a scatter plot of an embedding, in pixels. */
export const EMBEDDING_SIZE = 380;

/** The margins of such a plot; the area within them is square. */
export const EMBEDDING_MARGINS = {
  marginTop: 2,
  marginRight: 2,
  marginBottom: 24,
  marginLeft: 24,
} as const;

/** Coordinates of an embedding, and the scales of its plot. */
export interface EmbeddingFrame {
  /** `[n]`. */
  readonly xs: Float32Array | Float64Array;
  readonly ys: Float32Array | Float64Array;
  /** Domains of the same length, which keeps the scales equal. */
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
  /** Size of a pixel in units of the embedding. */
  readonly pixel: number;
}

/**
 * The scales of a scatter plot of an embedding.
 *
 * @param embedding `[n, 2]`
 * @param size width and height of the plot in pixels
 */
export function embeddingFrame(
  { data }: Points,
  size: number,
): EmbeddingFrame {
  const xs = data.filter((_, i) => i % 2 === 0);
  const ys = data.filter((_, i) => i % 2 === 1);
  const [x, y] = [extent(xs), extent(ys)];
  const half = 0.53 * Math.max(x[1] - x[0], y[1] - y[0]) || 1;
  const around = ([low, high]: readonly [number, number]) =>
    [(low + high) / 2 - half, (low + high) / 2 + half] as const;
  const { marginLeft, marginRight } = EMBEDDING_MARGINS;
  return {
    xs,
    ys,
    xDomain: around(x),
    yDomain: around(y),
    pixel: 2 * half / (size - marginLeft - marginRight),
  };
}

/** Places of points in a figure, in its pixels. */
export interface PointPlaces {
  /** `[n]`. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Where a figure without a title draws the points of an embedding. */
export function pointPlaces(embedding: Points, size: number): PointPlaces {
  const { xs, ys, xDomain, yDomain, pixel } = embeddingFrame(embedding, size);
  const left = FIGURE_MARGIN + EMBEDDING_MARGINS.marginLeft;
  const top = FIGURE_MARGIN + EMBEDDING_MARGINS.marginTop;
  return {
    x: Float64Array.from(xs, (x) => left + (x - xDomain[0]) / pixel),
    y: Float64Array.from(ys, (y) => top + (yDomain[1] - y) / pixel),
  };
}
