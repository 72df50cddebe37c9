import {
  confusionCells,
  confusionTable,
} from "../../interactive/confusion_table.ts";
import { scriptJson } from "../../interactive/script_json.ts";
import { figureHtml } from "./figure_html.ts";
import type { IndexContent } from "./index_content.ts";

/** Name of the figure that the script replaces by one to point at, and its caption. */
export const TSNE = "06-tsne";
export const TSNE_CAPTION =
  "The networks' outputs in two dimensions (t-SNE), coloured by class. Distances " +
  "between clusters mean little.";

/**
 * The images behind the t-SNE picture and confusion tables. All of it is there without a
 * script, which makes the points and the cells selectable.
 */
export function imagesExplorer({ looked, figures }: IndexContent): string {
  if (looked === undefined) return "";
  const { data, rows: { labels, classNames, models } } = looked;
  const still = figures.find(({ name }) => name === TSNE);
  const tables = models.map((model) =>
    confusionTable(
      { name: model.name, cells: confusionCells(model.predicted, labels) },
      classNames,
    )
  );
  return `<div class="images" id="images-explorer">
<h3>Look at the images</h3>
<p class="text">${labels.length.toLocaleString("en")} test images, as many of
each class, and one network per method. The pictures are the networks’ outputs in two
dimensions (t-SNE), coloured by class; distances between clusters mean little.
<span class="when-live">Point at an image to see it and what each network says
about it. Drag over images to select them everywhere; a cell of a table selects its images
too.</span></p>
<div class="look"><div class="looked-at">
${
    still === undefined
      ? ""
      : `<div class="still">${figureHtml(still, TSNE_CAPTION)}</div>\n`
  }<div class="explored"></div>
<h4>What is taken for what</h4>
<div class="matrices">
${tables.join("")}</div>
</div>
<div class="chosen" tabindex="0" role="region" aria-label="Selected images"></div>
</div>
</div>
<script type="application/json" id="images-data">${scriptJson(data)}</script>
`;
}
