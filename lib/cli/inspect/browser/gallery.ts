/// <reference lib="dom" />
import { element } from "../../../reports/interactive/elements.ts";
import type { InspectedImage } from "./inspected_images.ts";

/** Shows the images of wrong predictions with a heading. */
export function showImages(
  container: HTMLElement,
  images: readonly InspectedImage[],
): void {
  const figures = images.map(({ caption, width, height, pixels }) => {
    const canvas = element("canvas", {
      ...{ width, height, role: "img", "aria-label": caption },
    });
    canvas.getContext("2d")!
      .putImageData(new ImageData(pixels, width, height), 0, 0);
    return element("figure", {}, canvas, element("figcaption", {}, caption));
  });
  container.replaceChildren(
    element("h2", {}, "The most confident errors"),
    figures.length === 0
      ? element("p", { class: "text" }, "There are no wrong predictions.")
      : element("div", { class: "gallery" }, ...figures),
  );
}
