/// <reference lib="dom" />
import { nameInText } from "../../plots/parts/name_in_text.ts";
import type { RestoredRows } from "./image_rows.ts";
import { classLegend } from "./class_legend.ts";
import { element } from "./elements.ts";
import { hoverCard } from "./hover_card.ts";
import { pointPanel } from "./point_panel.ts";
import type { RowSelection } from "./row_selection.ts";

/**
 * The embeddings of all models beside each other: pointing at an image shows its card and
 * rings it in all of them, and a selection stands out in all of them.
 *
 * @param card makes the card of a row
 */
export function pointsExplorer(
  { classNames, labels, models }: RestoredRows,
  selection: RowSelection,
  card: (row: number) => HTMLElement,
): HTMLElement {
  const hover = hoverCard();
  const panels = models.flatMap(({ name, embedding }) =>
    embedding === undefined ? [] : pointPanel({
      ...{ name, embedding, labels, classNames },
      onPoint(row, at) {
        for (const { ring } of panels) ring(row);
        hover.show(row === undefined ? undefined : card(row), at);
      },
      onSelect: (rows) => selectPoints(selection, rows, name),
    })
  );
  let selected: ReadonlySet<number> | undefined;
  const legend = classLegend(classNames, () => draw());
  const draw = () => {
    for (const panel of panels) panel.draw(legend.hidden(), selected);
  };
  selection.follow(({ rows, marked }) => {
    selected = marked ? new Set(rows) : undefined;
    draw();
  });
  return element(
    "div",
    {},
    legend.node,
    element("div", { class: "point-panels" }, ...panels.map((p) => p.node)),
    hover.node,
  );
}

function selectPoints(
  selection: RowSelection,
  rows: readonly number[],
  name: string,
): void {
  if (rows.length === 0) return selection.clear();
  const count = rows.length === 1 ? "1 image" : `${rows.length} images`;
  const words = `${count} selected in the picture of ${nameInText(name)}`;
  selection.select({ rows, words, marked: true });
}
