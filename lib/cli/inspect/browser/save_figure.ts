/// <reference lib="dom" />
import { saveFile } from "./save_file.ts";

/** Pixels of a saved image per pixel of the figure. */
const SCALE = 2;

/** Saves a figure as a drawing, with fixed colours on white. */
export function saveSvg(name: string, svg: string): void {
  saveFile(`${name}.svg`, svgBlob(svg));
}

/** Saves a figure as an image of twice its size. */
export async function savePng(name: string, svg: string): Promise<void> {
  const address = URL.createObjectURL(svgBlob(svg));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = SCALE * image.width;
    canvas.height = SCALE * image.height;
    canvas.getContext("2d")!.drawImage(
      image,
      ...[0, 0, canvas.width, canvas.height] as const,
    );
    const content = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve)
    );
    if (content !== null) saveFile(`${name}.png`, content);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function svgBlob(svg: string): Blob {
  return new Blob([svg], { type: "image/svg+xml" });
}
