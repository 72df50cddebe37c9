/// <reference lib="dom" />
import { nameInText } from "../../plots/parts/name_in_text.ts";
import { element } from "./elements.ts";
import type { NamedRows, Restored } from "./image_rows.ts";
import { likelyClasses } from "./likely_classes.ts";
import type { Thumbnail } from "./thumbnails.ts";

/** Height of a thumbnail in pixels. */
const SIDE = 56;

/**
 * Makes the card of a row: its image, if the page has it, its label, and what each model
 * says.
 */
export function rowCards(
  { classNames, labels, numbers, models }: Restored<NamedRows>,
  thumbnail?: Thumbnail,
): (row: number) => HTMLElement {
  return (row) => {
    const label = nameInText(classNames[labels[row]]);
    const answers = models.flatMap(({ name, predicted, probabilities }) => {
      const right = predicted[row] === labels[row];
      const words = likelyClasses(probabilities, row, classNames);
      return [
        element("dt", {}, nameInText(name)),
        element(
          "dd",
          right ? {} : { class: "wrong" },
          right ? words : `✗ ${words}`,
        ),
      ];
    });
    return element(
      "div",
      { class: "row-card" },
      thumbnail?.(row, `image ${numbers[row]}`, SIDE) ?? "",
      element(
        "div",
        {},
        element("b", {}, label),
        element("small", {}, ` image ${numbers[row]}`),
        element("dl", {}, ...answers),
      ),
    );
  };
}
