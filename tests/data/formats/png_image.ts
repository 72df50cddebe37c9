/** Writes PNG images for tests. */
import { crc32, deflateSync } from "node:zlib";

/** An image of a PNG file. */
export interface PngImage {
  readonly width: number;
  readonly height: number;
  /** 8 or 16 bits per sample. */
  readonly depth: 8 | 16;
  /** 1 for grey, 2 with transparency, 3 for colour. */
  readonly channels: 1 | 2 | 3;
  readonly samples: readonly number[];
}

const COLOUR = { 1: 0, 2: 4, 3: 2 };

/** The bytes of a PNG file. */
export function encodePng(image: PngImage): Uint8Array {
  const { width, height, depth, channels, samples } = image;
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, depth);
  header.setUint8(9, COLOUR[channels]);
  const bytes = depth === 8
    ? samples
    : samples.flatMap((sample) => [sample >> 8, sample & 255]);
  const stride = width * channels * depth / 8;
  const rows = Array.from(
    { length: Math.ceil(bytes.length / stride) },
    (_, row) => [0, ...bytes.slice(row * stride, (row + 1) * stride)],
  );
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", new Uint8Array(header.buffer)),
    ...chunk("IDAT", deflateSync(Uint8Array.from(rows.flat()))),
    ...chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, content: Uint8Array): number[] {
  const body = [...new TextEncoder().encode(type), ...content];
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, content.length);
  view.setUint32(4, crc32(Uint8Array.from(body)));
  const numbers = new Uint8Array(view.buffer);
  return [...numbers.subarray(0, 4), ...body, ...numbers.subarray(4)];
}
