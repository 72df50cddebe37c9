/// <reference lib="dom" />
import { element } from "./elements.ts";
import type { EmbeddedImages } from "./embedded_images.ts";

/** Makes the thumbnail of a row, `side` pixels high. */
export type Thumbnail = (
  row: number,
  name: string,
  side: number,
) => HTMLElement;

/** Thumbnails of embedded images, all of them parts of one file. */
export function thumbnails(
  { rows, width, height, columns, png }: EmbeddedImages,
): Thumbnail {
  const bytes = Uint8Array.from(atob(png), (byte) => byte.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
  const lines = Math.ceil(rows / columns);
  return (row, name, side) => {
    const scale = side / height;
    const px = (length: number) => `${(length * scale).toFixed(2)}px`;
    const [column, line] = [row % columns, Math.floor(row / columns)];
    const node = element("div", {
      class: "thumb",
      role: "img",
      "aria-label": name,
    });
    Object.assign(node.style, {
      width: px(width),
      height: px(height),
      backgroundImage: `url(${url})`,
      backgroundSize: `${px(columns * width)} ${px(lines * height)}`,
      backgroundPosition: `-${px(column * width)} -${px(line * height)}`,
    });
    return node;
  };
}
