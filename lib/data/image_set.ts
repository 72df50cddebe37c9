/** Pixels as bytes in 0 to 255, or any finite numbers. */
export type PixelData = Uint8Array | Float32Array;

/** Images with their labels, in the order of the data set. */
export interface ImageSet {
  /**
   * `[n, height, width, channels]`, row-major: bytes in 0 to 255 or finite numbers.
   */
  readonly images: PixelData;
  /** `[n]` class indices. */
  readonly labels: Int32Array;
}

/** A data set in memory, on the host. */
export interface Dataset {
  /** Name of the data set, such as `cifar10`. */
  readonly name: string;
  /** Name for people, such as `CIFAR-10`. */
  readonly title: string;
  /** Class names in the order of labels. */
  readonly classNames: readonly string[];
  /** Height of the images in pixels. */
  readonly height: number;
  /** Width of the images in pixels. */
  readonly width: number;
  /** Number of channels of the images. */
  readonly channels: number;
  /** True for feature vectors, stored as images of one pixel: a channel per feature. */
  readonly vectors?: true;
  /** Training and validation samples. */
  readonly train: ImageSet;
  /** Test samples. */
  readonly test: ImageSet;
  /** Mean of each channel of the training images, with bytes divided by 255. */
  readonly mean: readonly number[];
  /** Standard deviation of each channel, in the units of `mean`. */
  readonly std: readonly number[];
  /** Augmentation that keeps the class of an image. */
  readonly augment: "none" | "crop-flip";
  /** What is wrong with the samples, a sentence each; absent if nothing is known. */
  readonly remarks?: readonly string[];
}

/** The divisor of values: 255 for bytes, 1 for numbers. */
export function pixelScale(images: PixelData): number {
  return images instanceof Uint8Array ? 255 : 1;
}

/**
 * A copy of some images in the order of `indices`.
 *
 * @param images images one after the other
 * @param indices image indices, possibly repeated
 * @param size number of values of an image
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { takeImages } from "@ils/label-smoothing/data";
 * const images = Uint8Array.of(1, 2, 3, 4, 5, 6);
 * deepStrictEqual(takeImages(images, [2, 0], 2), Uint8Array.of(5, 6, 1, 2));
 * ```
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
