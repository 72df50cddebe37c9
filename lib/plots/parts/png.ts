import { encode } from "fast-png";
import { BadInput } from "../../bad_input.ts";

/** A picture of bytes, row-major: `pixels` is `[height, width, channels]`. */
export interface Picture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: number;
}

/**
 * Picture `index` of a stack of them, as a view.
 *
 * @param images `[n, height, width, channels]`, row-major
 * @throws {BadInput} if they are no bytes
 */
export function pictureAt(
  images: Uint8Array | Float32Array,
  index: number,
  shape: Omit<Picture, "pixels">,
): Picture {
  if (!(images instanceof Uint8Array)) {
    throw new BadInput("Cannot draw a picture of numbers: it takes bytes");
  }
  const { width, height, channels } = shape;
  const size = width * height * channels;
  const pixels = images.subarray(index * size, (index + 1) * size);
  return { pixels, width, height, channels };
}

/**
 * A picture as a lossless PNG file, eight bits a channel.
 *
 * @throws {BadInput} if there are not 1 or 3 channels, or if the number of
 * pixels is not `width * height * channels`
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
        `must hold ${stride * height} bytes: current value is ${pixels.length}`,
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

/** A picture as the address of an image that carries its own bytes. */
export function pngDataUrl(picture: Picture): string {
  return `data:image/png;base64,${encodePng(picture).toBase64()}`;
}
