/** What the header of a PNG file says. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits per sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  /** Bytes of the pixels before they are compressed. */
  readonly bytes: number;
}

/** Samples per pixel by the type of colour. */
const SAMPLES: Readonly<Record<number, number>> = {
  0: 1,
  2: 3,
  3: 1,
  4: 2,
  6: 4,
};

/** Number of bytes with signature and header. */
export const PNG_HEADER_BYTES = 33;

/**
 * The header of a PNG file, undefined if it is not complete.
 *
 * @see https://www.w3.org/TR/png-3/#11IHDR
 */
export function pngHeader(bytes: Uint8Array): PngHeader | undefined {
  const type = String.fromCharCode(...bytes.subarray(12, 16));
  if (bytes.length < PNG_HEADER_BYTES || type !== "IHDR") return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, PNG_HEADER_BYTES);
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const depth = bytes[24];
  const bits = depth * (SAMPLES[bytes[25]] ?? 0);
  return { width, height, depth, bytes: Math.ceil(width * bits / 8) * height };
}
