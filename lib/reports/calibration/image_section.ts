import { confusionTable } from "../interactive/confusion_table.ts";
import type { ReportImages } from "./report_images.ts";

/**
 * What each model takes for what, and the place of the images, which a script fills.
 *
 * @param set index of the set of rows
 */
export function imageSection(
  { cells, rows: { classNames, models, numbers } }: ReportImages,
  set: number,
): string {
  const tables = models.map(({ name }, m) =>
    confusionTable({ name, cells: cells[m] }, classNames)
  );
  return `<div class="images" data-set="${set}">
<p class="text">What each model takes for what, without calibration.
<span class="when-live">A count selects its images. The page has those of ${
    numbers.length.toLocaleString("en")
  } rows: the most confident errors of each model, and as many of each count as there is
room for.</span></p>
<div class="look"><div class="matrices">
${tables.join("")}</div>
<div class="chosen" tabindex="0" role="region" aria-label="Selected images"></div>
</div>
</div>
`;
}
