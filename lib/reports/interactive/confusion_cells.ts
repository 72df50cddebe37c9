/// <reference lib="dom" />
import { nameInText } from "../../plots/parts/name_in_text.ts";
import { element } from "./elements.ts";
import type { RestoredRows } from "./image_rows.ts";
import type { RowSelection } from "./row_selection.ts";

/**
 * Makes each cell of confusion tables a button that selects its rows, as far as the page
 * has their images.
 *
 * @param tables one per model, as `confusionTable()` writes them
 */
export function mountConfusionCells(
  tables: Iterable<HTMLTableElement>,
  { classNames, labels, models }: RestoredRows,
  selection: RowSelection,
): void {
  const buttons: HTMLButtonElement[] = [];
  let pressed: HTMLButtonElement | undefined;
  [...tables].forEach((table, m) => {
    const { name, predicted } = models[m];
    for (const cell of table.querySelectorAll<HTMLElement>("[data-cell]")) {
      const [label, prediction] = cell.dataset.cell!.split(" ").map(Number);
      const count = Number(cell.textContent);
      const words = cellWords(count, [label, prediction], classNames);
      const button = element("button", {
        ...{ type: "button", "aria-pressed": "false", "aria-label": words },
      }, String(count));
      button.addEventListener("click", () => {
        const rows = Array.from(labels.keys()).filter((i) =>
          labels[i] === label && predicted[i] === prediction
        );
        const some = rows.length < count ? `, ${rows.length} of them here` : "";
        pressed = button;
        selection.select({
          ...{
            rows,
            words: `${nameInText(name)}: ${words}${some}`,
            marked: true,
          },
        });
      });
      cell.replaceChildren(button);
      buttons.push(button);
    }
  });
  selection.follow(() => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button === pressed));
    }
    pressed = undefined;
  });
}

function cellWords(
  count: number,
  [label, prediction]: readonly [number, number],
  classNames: readonly string[],
): string {
  const images = `${count} ${count === 1 ? "image" : "images"} of ` +
    nameInText(classNames[label]);
  return label === prediction
    ? `${images} recognised`
    : `${images} taken for ${nameInText(classNames[prediction])}`;
}
