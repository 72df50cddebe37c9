/// <reference lib="dom" />
import { element } from "./elements.ts";
import type { RowSelection, SelectedRows } from "./row_selection.ts";

/** Cards that are shown at first, and more at each request. */
const PAGE = 12;

/** A selection that a button offers. */
export interface OfferedRows extends SelectedRows {
  /** Text of the button. */
  readonly title: string;
}

/**
 * The images of the selected rows as cards, below a line that says what they are, and
 * buttons for selections that are worth a look.
 *
 * @param options `card` makes the card of a row
 */
export function selectedImages(
  selection: RowSelection,
  { card, offers }: {
    readonly card: (row: number) => HTMLElement;
    readonly offers: readonly OfferedRows[];
  },
): HTMLElement {
  const words = element("p", { class: "selected", "aria-live": "polite" });
  const cards = element("div", { class: "row-cards" });
  let rows: readonly number[] = [];
  const more = button("", () => showMore());
  const clear = button("Clear the selection", () => selection.clear());
  const showMore = () => {
    const shown = cards.childElementCount;
    cards.append(...rows.slice(shown, shown + PAGE).map(card));
    const left = rows.length - cards.childElementCount;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, PAGE)} more of ${left}`;
  };
  selection.follow((selected) => {
    rows = selected.rows;
    words.textContent = selected.words;
    clear.hidden = !selected.marked;
    cards.replaceChildren();
    showMore();
  });
  const offered = offers.map((offer) =>
    button(offer.title, () => selection.select({ ...offer, marked: true }))
  );
  return element("div", {}, ...offered, words, clear, cards, more);
}

function button(text: string, onClick: () => void): HTMLButtonElement {
  const node = element("button", { type: "button" }, text);
  node.addEventListener("click", onClick);
  return node;
}
