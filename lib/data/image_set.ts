/** Pixels as bytes, or values of any size as numbers. */
export type PixelData = Uint8Array | Float32Array;

/** Images with their labels, in the order of the data set. */
export interface ImageSet {
  /**
   * `[n, height, width, channels]`, row-major, values 0 to 255 as bytes, or
   * finite numbers.
   */
  readonly images: PixelData;
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
}

/** A data set in memory, on the host. */
export interface Dataset {
  readonly name: string;
  /** The name as people write it. */
  readonly title: string;
  readonly classNames: readonly string[];
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /**
   * Each row is a list of features, one a channel of a single pixel, and no
   * image.
   */
  readonly vectors?: true;
  readonly train: ImageSet;
  readonly test: ImageSet;
  /** Mean of each channel of the training images, divided by their unit. */
  readonly mean: readonly number[];
  /** Standard deviation of each channel, in the same units as `mean`. */
  readonly std: readonly number[];
  /** What training may do to an image without changing its class. */
  readonly augment: "none" | "crop-flip";
}

/** What a value is divided by: 255 for bytes, 1 for numbers. */
export function pixelScale(images: PixelData): number {
  return images instanceof Uint8Array ? 255 : 1;
}

/**
 * The images at the given positions, copied.
 *
 * @param size values of one image
 */
export function takeImages(
  images: PixelData,
  indices: ArrayLike<number>,
  size: number,
): PixelData {
  const length = indices.length * size;
  const taken = images instanceof Uint8Array
    ? new Uint8Array(length)
    : new Float32Array(length);
  for (let i = 0; i < indices.length; i++) {
    const start = indices[i] * size;
    taken.set(images.subarray(start, start + size), i * size);
  }
  return taken;
}
