import { BadInput } from "../bad_input.ts";
import { type Drawing, drawText, grid, stack } from "./parts/drawing.ts";
import { type Picture, pngDataUrl } from "./parts/png.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { ALARM, INK } from "./parts/theme.ts";

/** A picture with its label. */
export interface GridImage extends Picture {
  /** Printed under the picture. */
  readonly label?: string;
  /** False if the label is a wrong prediction; it is printed in red. */
  readonly right?: boolean;
}

/** Options of `imageGrid()`. */
export interface ImageGridOptions extends FigureText {
  /** Pictures per row (10). */
  readonly columns?: number;
  /** Width of a picture in the figure, in pixels (72). */
  readonly size?: number;
}

/**
 * Pictures in rows, with square, sharp pixels and a label below each. The SVG
 * contains the pictures as PNG.
 *
 * @throws {BadInput} if there is no picture, or if one does not match its shape
 */
export function imageGrid(
  images: readonly GridImage[],
  options: ImageGridOptions = {},
): Figure {
  const { columns = 10, size = 72 } = options;
  if (!images.length) throw new BadInput("Cannot draw a grid of no images");
  const cells = images.map((image) => cell(image, size));
  const labels = new Set(images.flatMap(({ label }) => label ?? []));
  return frame(grid(cells, { columns, gap: 8 }), {
    ariaLabel: `${images.length} images` +
      (labels.size ? `: ${[...labels].join(", ")}` : ""),
    ...options,
  });
}

function cell(image: GridImage, width: number): Drawing {
  const height = Math.round(width * image.height / image.width);
  const markup = `<image width="${width}" height="${height}" ` +
    `image-rendering="pixelated" href="${pngDataUrl(image)}"/>`;
  const picture = { markup, width, height };
  if (!image.label) return picture;
  const wrong = image.right === false;
  const label = drawText(image.label, {
    width,
    size: 11,
    colour: wrong ? ALARM : INK,
    bold: wrong,
    anchor: "middle",
  });
  return stack([picture, label], 2);
}
