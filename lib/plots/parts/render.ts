import type { PlotOptions } from "@observablehq/plot";
import { jupyterDisplay, type MimeBundle } from "../../jupyter_display.ts";
import { type Drawing, drawPlot, drawText, grid, stack } from "./drawing.ts";
import { escapeXml } from "./serialize.ts";
import { FONT, MUTED, PAPER, TITLE_SIZE } from "./theme.ts";

/** The words around a figure. */
export interface FigureText {
  /** Printed above the figure. */
  readonly title?: string;
  /** Printed under the figure, wrapped to its width. */
  readonly caption?: string;
  /** What the figure shows, for those who hear it; plots supply one. */
  readonly ariaLabel?: string;
}

/**
 * A picture that shows itself in a notebook and is a file of its own: `svg` is
 * one complete SVG document on white paper, with nothing outside it.
 */
export interface Figure {
  readonly svg: string;
  readonly ariaLabel: string;
  /** What the SVG holds inside its margin, for `panels()`. */
  readonly drawing: Drawing;
  [jupyterDisplay](): MimeBundle;
}

const MARGIN = 12;

/** The least width, in pixels, to which title and caption are wrapped. */
const NARROWEST = 380;

/** A figure of one Observable Plot, described by its options. */
export function render(
  options: PlotOptions,
  text: FigureText & { ariaLabel: string },
): Figure {
  return frame(drawPlot(options), text);
}

/**
 * Several figures as one, in rows of `columns`, with their own titles kept.
 *
 * @param text `ariaLabel` is that of the figures, joined, where it is not given
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

/** A figure of a drawing, with its title above and its caption under it. */
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
  const whole = stack(parts, 8);
  const svg = standalone(whole, ariaLabel);
  return {
    svg,
    ariaLabel,
    drawing: whole,
    [jupyterDisplay]: () => ({
      "image/svg+xml": svg,
      "text/plain": ariaLabel,
    }),
  };
}

function standalone(drawing: Drawing, ariaLabel: string): string {
  const width = Math.ceil(drawing.width + 2 * MARGIN);
  const height = Math.ceil(drawing.height + 2 * MARGIN);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" ` +
    `height="${height}" viewBox="0 0 ${width} ${height}" role="img" ` +
    `aria-label="${escapeXml(ariaLabel)}" font-family="${FONT}" ` +
    `style="max-width:100%;height:auto">` +
    `<rect width="${width}" height="${height}" fill="${PAPER}"/>` +
    `<g transform="translate(${MARGIN},${MARGIN})">${drawing.markup}</g></svg>`;
}
