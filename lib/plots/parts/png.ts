import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
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
 * Source: W3C, Portable Network Graphics (third edition), sections 5 and 11.
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
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, channels === 1 ? 0 : 2], 8);
  // Every line starts with the number of its filter: 0, none.
  const lines = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const line = pixels.subarray(y * stride, (y + 1) * stride);
    lines.set(line, y * (stride + 1) + 1);
  }
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

/** A picture as the address of an image that carries its own bytes. */
export function pngDataUrl(picture: Picture): string {
  const base64 = Buffer.from(encodePng(picture)).toString("base64");
  return `data:image/png;base64,${base64}`;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const result = new Uint8Array(data.length + 12);
  const view = new DataView(result.buffer);
  view.setUint32(0, data.length);
  result.set(new TextEncoder().encode(type), 4);
  result.set(data, 8);
  view.setUint32(data.length + 8, crc32(result.subarray(4, data.length + 8)));
  return result;
}

/** The cyclic redundancy check of PNG (ISO 3309), bit by bit. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }
  return ~crc >>> 0;
}
