import { basename, dirname, join } from "node:path";
import { pageScript } from "../reports/interactive/page_script.ts";
import { readImageRows } from "../reports/interactive/read_image_rows.ts";
import { scriptHash } from "../reports/interactive/script_hash.ts";
import { scriptJson } from "../reports/interactive/script_json.ts";
import { allowedScripts } from "../reports/pages/content_policy.ts";

/** Class of style rules for elements that only a page's own script makes. */
export const SCRIPT_STYLE = "script-style";

const STYLES = ["explorer.css", "images_explorer.css", "still_figures.css"];

/**
 * A notebook's page whose figures a reader can explore, if the notebook saved
 * `data/NN-images.json`; else the page itself. The points are in the figures; the page
 * embeds what the networks say about the images, but not the images, which would
 * enlarge it by half.
 *
 * @param html the page
 * @param path where it will be, in `results/<profile>/notebooks`
 * @throws {BadInput} if the saved data are damaged
 */
export async function explorablePage(
  html: string,
  path: string,
): Promise<string> {
  const number = basename(path).slice(0, 2);
  const rows = await readImageRows(
    join(dirname(path), "..", "data", `${number}-images.json`),
  );
  if (rows === undefined) return html;
  const { classNames, numbers, models } = rows;
  const named = {
    ...{ classNames, numbers },
    models: models.map(({ name, scores }) => ({ name, scores })),
  };
  const script = await pageScript("notebook_script.ts");
  const css = (await Promise.all(STYLES.map(styleNamed))).join("");
  const [first] = allowedScripts(html);
  return html
    .replace(first, () => `${first} ${scriptHash(script)}`)
    .replace(
      "</head>",
      () => `<style class="${SCRIPT_STYLE}">\n${css}</style>\n</head>`,
    )
    .replace(
      /(?=<\/body>\s*<\/html>\s*$)/,
      () =>
        `<script type="application/json" id="images-data">${
          scriptJson(named)
        }</script>\n<script type="module">${script}</script>\n`,
    );
}

function styleNamed(name: string): Promise<string> {
  return Deno.readTextFile(
    new URL(`../reports/interactive/${name}`, import.meta.url),
  );
}
