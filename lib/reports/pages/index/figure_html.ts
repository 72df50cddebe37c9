import { capitalised } from "../../tables/capitalised.ts";
import { adaptiveColours } from "../../../plots/parts/adaptive_colours.ts";
import { escapeHtml } from "../../tables/table_html.ts";
import type { IndexFigure } from "./index_content.ts";
import { minusSigns } from "./wording.ts";

/** Figures wider than this, in pixels, take the whole width of the page. */
const WIDE = 780;

/**
 * A figure in the colours of the page's theme, with a caption and, for a saved one, a
 * link to its file, where it can be enlarged.
 *
 * @param figure an SVG document with a role and a label
 * @param caption plain text
 */
export function figureHtml(
  { svg, path }: Pick<IndexFigure, "svg"> & { readonly path?: string },
  caption: string,
): string {
  const link = path === undefined
    ? ""
    : ` <a class="enlarge" href="${
      path.split("/").map(encodeURIComponent).join("/").replaceAll("%2E", ".")
    }">Enlarge</a>`;
  const wide = Number(/ width="(\d+)"/.exec(svg)?.[1]) > WIDE;
  return `<figure${wide ? ' class="whole"' : ""}>${
    adaptiveColours(corrected(svg))
  }
<figcaption>${escapeHtml(capitalised(caption))}${link}</figcaption></figure>\n`;
}

/**
 * Without the labels of groups, which have no role and repeat what the whole figure
 * says, and with minus signs.
 */
function corrected(svg: string): string {
  return svg.replace(/(<g\b[^>]*?) aria-label="[^"]*"/g, "$1")
    .replace(/>([^<>]+)</g, (_, text) => `>${minusSigns(text)}<`);
}
