import type { PlotOptions } from "@observablehq/plot";
import { jupyterDisplay, type MimeBundle } from "../../jupyter_display.ts";
import { type Drawing, drawPlot, drawText, grid, stack } from "./drawing.ts";
import { escapeXml } from "./serialize.ts";
import { FONT, MUTED, PAPER, TITLE_SIZE } from "./theme.ts";

/** Texts around a figure. */
export interface FigureText {
  /** Printed above the figure. */
  readonly title?: string;
  /** Printed below the figure, wrapped to its width. */
  readonly caption?: string;
  /** Description for screen readers (each plot has its own). */
  readonly ariaLabel?: string;
}

/**
 * A figure, which a notebook displays: `svg` is a complete, self-contained SVG
 * document with a white background.
 */
export interface Figure {
  readonly svg: string;
  readonly ariaLabel: string;
  /** Content of the SVG without its margin, for `panels()`. */
  readonly drawing: Drawing;
  [jupyterDisplay](): MimeBundle;
}

/** Space around a figure, in pixels. */
export const FIGURE_MARGIN = 12;

/** Minimum width, in pixels, to which title and caption are wrapped. */
const NARROWEST = 380;

/** Makes a figure from the options of one Observable Plot. */
export function render(
  options: PlotOptions,
  text: FigureText & { ariaLabel: string },
): Figure {
  return frame(drawPlot(options), text);
}

/**
 * Combines figures, in rows of `columns`; they keep their titles.
 *
 * @param text title, caption and `ariaLabel` (those of the figures, joined)
 */
export function panels(
  figures: readonly Figure[],
  columns: number,
  text: FigureText = {},
): Figure {
  const drawings = figures.map((figure) => figure.drawing);
  const ariaLabel = figures.map((figure) => figure.ariaLabel).join("; ");
  return frame(grid(drawings, { columns, gap: 18 }), { ariaLabel, ...text });
}

/** Makes a figure from a drawing, with title above and caption below. */
export function frame(
  drawing: Drawing,
  { title, caption, ariaLabel }: FigureText & { ariaLabel: string },
): Figure {
  const width = Math.max(drawing.width, NARROWEST);
  const parts = [drawing];
  if (title) {
    parts.unshift(drawText(title, { width, size: TITLE_SIZE, bold: true }));
  }
  if (caption) parts.push(drawText(caption, { width, colour: MUTED }));
  const framed = stack(parts, 8);
  const svg = standalone(framed, ariaLabel);
  return {
    svg,
    ariaLabel,
    drawing: framed,
    [jupyterDisplay]: () => ({
      "image/svg+xml": svg,
      "text/plain": ariaLabel,
    }),
  };
}

function standalone(drawing: Drawing, ariaLabel: string): string {
  const width = Math.ceil(drawing.width + 2 * FIGURE_MARGIN);
  const height = Math.ceil(drawing.height + 2 * FIGURE_MARGIN);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" ` +
    `height="${height}" viewBox="0 0 ${width} ${height}" role="img" ` +
    `aria-label="${escapeXml(ariaLabel)}" font-family="${FONT}" ` +
    `style="max-width:100%;height:auto">` +
    `<rect width="${width}" height="${height}" fill="${PAPER}"/>` +
    `<g transform="translate(${FIGURE_MARGIN},${FIGURE_MARGIN})">${drawing.markup}</g></svg>`;
}
