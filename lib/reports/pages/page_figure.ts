import { adaptiveColours } from "../../plots/parts/adaptive_colours.ts";

/**
 * A figure as part of a page, in the colours of its theme.
 *
 * @param svg as in `Figure.svg`, with a role and a label
 */
export function pageFigure(svg: string): string {
  return `<div class="output figure">${adaptiveColours(svg)}</div>\n`;
}
