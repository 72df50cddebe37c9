import { adaptiveColours } from "../../../plots/parts/adaptive_colours.ts";
import { capitalised } from "../../tables/capitalised.ts";
import { escapeHtml } from "../../tables/table_html.ts";
import { type PanelBox, panelBoxes } from "./figure_panels.ts";
import type { IndexFigure } from "./index_content.ts";
import { minusSigns } from "./wording.ts";

/** Figures wider than this, in pixels, take the whole width of the page. */
const WIDE = 780;

/**
 * A figure in the colours of the page's theme, with a caption and, for a saved one, a
 * link to its file, where it can be enlarged. On a narrow screen, plots that lie beside
 * each other are shown below each other.
 *
 * @param figure an SVG document with a role and a label
 * @param caption plain text
 */
export function figureHtml(
  { svg, path, name }:
    & Pick<IndexFigure, "svg">
    & Partial<Pick<IndexFigure, "path" | "name">>,
  caption: string,
): string {
  const link = path === undefined
    ? ""
    : ` <a class="enlarge" href="${
      path.split("/").map(encodeURIComponent).join("/")
    }">Enlarge</a>`;
  const wide = Number(/ width="(\d+)"/.exec(svg)?.[1]) > WIDE;
  const whole = adaptiveColours(corrected(svg));
  const boxes = name === undefined ? [] : panelBoxes(svg);
  const drawing = name === undefined || boxes.length === 0
    ? whole
    : stackable(whole, `figure-${name}`, boxes);
  return `<figure${wide ? ' class="whole"' : ""}>${drawing}
<figcaption>${escapeHtml(capitalised(caption))}${link}</figcaption></figure>\n`;
}

/** The whole figure for wide screens, and views of its parts for narrow ones. */
function stackable(
  svg: string,
  id: string,
  boxes: readonly PanelBox[],
): string {
  const [root, style] = /^<svg[^>]* style="([^"]*)"[^>]*>/.exec(svg)!;
  const shared = `${root}<g id="${id}">` +
    svg.slice(root.length).replace(/<\/svg>\s*$/, "</g></svg>");
  // A view does not inherit the colours that the other root defines.
  const views = boxes.map(({ x, y, width, height, title }, i) =>
    `<svg viewBox="${x} ${y} ${width} ${height}" width="${width}" ` +
    `height="${height}" role="img" aria-label="${
      escapeHtml(title || `part ${i + 1}`)
    }" style="${style}"><use href="#${id}"/></svg>`
  );
  return `<div class="beside">${shared}</div>` +
    `<div class="below">${views.join("\n")}</div>`;
}

/**
 * Without the labels of parts, which older figures have: parts have no role. With minus
 * signs.
 */
function corrected(svg: string): string {
  return svg.replace(/(<(?!svg\b)[^>]*?) aria-label="[^"]*"/g, "$1")
    .replace(/>([^<>]+)</g, (_, text) => `>${minusSigns(text)}<`);
}
