/// <reference lib="dom" />
import { element } from "./elements.ts";
import type { RowSelection } from "./row_selection.ts";

/** Cards that are shown at first, and more at each request. */
const PAGE = 12;

/**
 * The images of the selected rows as cards, below a line that says what they are.
 *
 * @param card makes the card of a row
 */
export function selectedImages(
  selection: RowSelection,
  card: (row: number) => HTMLElement,
): HTMLElement {
  const words = element("p", { class: "selected", "aria-live": "polite" });
  const cards = element("div", { class: "row-cards" });
  const more = element("button", { type: "button" });
  const clear = element("button", { type: "button" }, "Clear the selection");
  let rows: readonly number[] = [];
  const showMore = () => {
    const shown = cards.childElementCount;
    cards.append(...rows.slice(shown, shown + PAGE).map(card));
    const left = rows.length - cards.childElementCount;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, PAGE)} more of ${left}`;
  };
  more.addEventListener("click", showMore);
  clear.addEventListener("click", () => selection.clear());
  selection.follow((selected) => {
    rows = selected.rows;
    words.textContent = selected.words;
    clear.hidden = !selected.marked;
    cards.replaceChildren();
    showMore();
  });
  return element("div", {}, words, clear, cards, more);
}
