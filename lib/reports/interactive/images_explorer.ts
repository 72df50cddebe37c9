/// <reference lib="dom" />
import { mountConfusionCells } from "./confusion_cells.ts";
import { type ImageRows, restoreRows } from "./image_rows.ts";
import { offeredRows } from "./offered_rows.ts";
import { pointsExplorer } from "./points_explorer.ts";
import { rowCards } from "./row_card.ts";
import { rowSelection } from "./row_selection.ts";
import { selectedImages } from "./selected_images.ts";
import { thumbnails } from "./thumbnails.ts";

/** Nothing to look at: a single model without errors. */
const NONE = { rows: [], words: "No errors", marked: false };

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
  const offers = offeredRows(rows);
  const [first = NONE] = offers;
  const selection = rowSelection(first);
  const part = (name: string) => section.querySelector<HTMLElement>(`.${name}`);
  part("explored")?.replaceChildren(pointsExplorer(rows, selection, card));
  mountConfusionCells(
    section.querySelectorAll<HTMLTableElement>(".confusion"),
    rows,
    selection,
  );
  part("chosen")!.replaceChildren(selectedImages(selection, { card, offers }));
  section.classList.add("live");
}
