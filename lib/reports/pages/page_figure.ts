import { adaptiveColours } from "../../plots/parts/adaptive_colours.ts";

/**
 * A figure as part of a page, in the colours of its theme.
 *
 * @param svg as in `Figure.svg`, with a role and a label
 */
export function pageFigure(svg: string): string {
  return `<div class="output figure">${adaptiveColours(svg)}</div>\n`;
}

const FIGURE = /(?<=<div class="figure">)<svg[^>]* style="[^]*?<\/svg>/g;

/**
 * A notebook's page, with its figures in the colours of the reader's theme.
 *
 * @param page HTML with an SVG document in each `<div class="figure">`; those without
 * a style, which are not ours, stay as they are
 */
export function withAdaptiveFigures(page: string): string {
  return page.replace(FIGURE, (svg) => adaptiveColours(svg));
}
