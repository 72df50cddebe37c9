/// <reference lib="dom" />
import { labelProbabilities } from "../../calibration/scores.ts";
import { widestSpread } from "../../statistics/widest_spread.ts";
import { mountConfusionCells } from "./confusion_cells.ts";
import {
  type ImageRows,
  type RestoredRows,
  restoreRows,
} from "./image_rows.ts";
import { pointsExplorer } from "./points_explorer.ts";
import { rowCards } from "./row_card.ts";
import { rowSelection, type SelectedRows } from "./row_selection.ts";
import { selectedImages } from "./selected_images.ts";
import { thumbnails } from "./thumbnails.ts";

/** Images that are shown before the reader selects some. */
const FIRST = 12;

/**
 * Lets a reader look at the images behind a picture of points and confusion tables. A
 * selection in one of them is one in all.
 *
 * @param section what `imagesExplorer()` writes
 */
export async function mountImagesExplorer(
  section: HTMLElement,
  data: ImageRows,
): Promise<void> {
  const rows = await restoreRows(data);
  const card = rowCards(rows, thumbnails(rows.images));
  const selection = rowSelection(mostDifferent(rows));
  const part = (name: string) => section.querySelector<HTMLElement>(`.${name}`);
  part("explored")?.replaceChildren(pointsExplorer(rows, selection, card));
  mountConfusionCells(
    section.querySelectorAll<HTMLTableElement>(".confusion"),
    rows,
    selection,
  );
  part("chosen")!.replaceChildren(selectedImages(selection, card));
  section.classList.add("live");
}

/** The rows whose label gets the most different probabilities. */
export function mostDifferent(
  { models, labels }: Pick<RestoredRows, "models" | "labels">,
): SelectedRows {
  const given = models.map(({ probabilities }) =>
    labelProbabilities(probabilities, labels)
  );
  const rows = widestSpread(given, FIRST);
  return {
    rows,
    words: `The ${rows.length} images on which the networks differ most in ` +
      `the probability of the true class`,
    marked: false,
  };
}
