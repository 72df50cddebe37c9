import { BadInput } from "../bad_input.ts";
import { type Drawing, drawText, grid, stack } from "./parts/drawing.ts";
import { type Picture, pngDataUrl } from "./parts/png.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";
import { ALARM, INK } from "./parts/theme.ts";

/** A picture with what is to be said of it. */
export interface GridImage extends Picture {
  /** Printed under the picture. */
  readonly label?: string;
  /** False for a picture whose label is a mistake, set in the alarm colour. */
  readonly right?: boolean;
}

/** Options of `imageGrid()`. */
export interface ImageGridOptions extends FigureText {
  /** Pictures in a row (10). */
  readonly columns?: number;
  /** Width of a picture in the figure, in pixels (72). */
  readonly size?: number;
}

/**
 * Pictures in rows, their pixels kept square and sharp, each with its label
 * under it. The figure carries its pictures as PNG.
 *
 * @throws {BadInput} if there is no picture, or if one does not hold what its
 * shape says
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
