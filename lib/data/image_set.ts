/** Images with their labels, in the order of the data set. */
export interface ImageSet {
  /** `[n, height, width, channels]`, row-major, values 0 to 255. */
  readonly images: Uint8Array;
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
  readonly train: ImageSet;
  readonly test: ImageSet;
  /** Mean of each channel of the training images, pixels divided by 255. */
  readonly mean: readonly number[];
  /** Standard deviation of each channel, in the same units as `mean`. */
  readonly std: readonly number[];
  /** What training may do to an image without changing its class. */
  readonly augment: "none" | "crop-flip";
}
