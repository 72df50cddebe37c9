import { encode } from "fast-png";
import { BadInput } from "../../bad_input.ts";

/** A picture: `pixels` is `[height, width, channels]`, row-major bytes. */
export interface Picture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: number;
}

/**
 * Returns picture `index` of a stack, as a view without copying.
 *
 * @param images `[n, height, width, channels]`, row-major bytes
 * @throws {BadInput} if the images are not bytes
 */
export function pictureAt(
  images: Uint8Array | Float32Array,
  index: number,
  shape: Omit<Picture, "pixels">,
): Picture {
  if (!(images instanceof Uint8Array)) {
    throw new BadInput("Cannot draw a picture of floats: it must be bytes");
  }
  const { width, height, channels } = shape;
  const size = width * height * channels;
  const pixels = images.subarray(index * size, (index + 1) * size);
  return { pixels, width, height, channels };
}

/**
 * Encodes a picture as a PNG file with eight bits per channel.
 *
 * @throws {BadInput} if the number of channels is not 1 or 3, or if the number of
 * bytes is not `width * height * channels`
 */
export function encodePng(picture: Picture): Uint8Array {
  const { pixels, width, height, channels } = picture;
  if (channels !== 1 && channels !== 3) {
    throw new BadInput(
      `Cannot draw a picture as its channels must be 1 or 3: ` +
        `current value is ${channels}`,
    );
  }
  const stride = width * channels;
  if (pixels.length !== stride * height || pixels.length === 0) {
    throw new BadInput(
      `Cannot draw a picture of ${height} x ${width} x ${channels} as it ` +
        `must have ${stride * height} bytes: current value is ${pixels.length}`,
    );
  }
  return encode({
    data: pixels,
    width,
    height,
    channels,
    depth: 8,
  }, { zlib: { level: 9 } });
}

/** A picture as a `data:` URL of a PNG file. */
export function pngDataUrl(picture: Picture): string {
  return `data:image/png;base64,${encodePng(picture).toBase64()}`;
}
