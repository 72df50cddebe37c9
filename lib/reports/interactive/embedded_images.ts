import { encodePng, type Picture } from "../../plots/parts/png.ts";

/** Pictures of one shape: `pixels` is `[n, height, width, channels]`, row-major bytes. */
export interface ImageStack extends Omit<Picture, "pixels"> {
  readonly pixels: Uint8Array;
}

/** Pictures as a page embeds them: one PNG file, in which they lie side by side. */
export interface EmbeddedImages {
  readonly rows: number;
  /** Size of a picture in pixels. */
  readonly width: number;
  readonly height: number;
  /** Pictures beside each other; the file has as many lines of them as it takes. */
  readonly columns: number;
  /** Base64 of the file. */
  readonly png: string;
}

/** Pictures beside each other. */
const COLUMNS = 30;

/** Difference of the 16 levels to which colours are rounded, which halves the file. */
const STEP = 17;

/**
 * Puts pictures into one PNG file, as thumbnails: their colours are rounded to 16 levels.
 *
 * @param images at least one, all of one shape
 */
export function embedImages(images: readonly Picture[]): EmbeddedImages {
  const [{ width, height, channels }] = images;
  const columns = Math.min(COLUMNS, images.length);
  const stride = columns * width * channels;
  const lines = Math.ceil(images.length / columns);
  const pixels = new Uint8Array(lines * height * stride);
  const own = width * channels;
  images.forEach((image, i) => {
    const rounded = image.pixels.map((value) =>
      STEP * Math.round(value / STEP)
    );
    const start = Math.floor(i / columns) * height * stride +
      (i % columns) * own;
    for (let y = 0; y < height; y++) {
      const line = rounded.subarray(y * own, (y + 1) * own);
      pixels.set(line, start + y * stride);
    }
  });
  const sheet = {
    ...{ pixels, channels },
    width: columns * width,
    height: lines * height,
  };
  const png = encodePng(sheet).toBase64();
  return { rows: images.length, width, height, columns, png };
}
