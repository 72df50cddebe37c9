import { BadInput } from "../bad_input.ts";
import type { PinnedFile } from "./collection.ts";
import type { LocatedDataset } from "./dataset.ts";
import { type Dataset, type PixelData, pixelScale } from "./image_set.ts";

/** Summary of a data set, a JSON value. */
export interface DatasetDescription {
  /** Name of the data set, such as `cifar10`. */
  readonly name: string;
  /** Name for people, such as `CIFAR-10`. */
  readonly title: string;
  /** Folder of its files. */
  readonly folder: string;
  /** `[height, width, channels]` of an image, or `[features]` of a vector. */
  readonly shape: readonly number[];
  /** Divisor of the values: 255 for bytes, otherwise 1. */
  readonly unit: number;
  /** Number of training samples. */
  readonly train: number;
  /** Number of test samples. */
  readonly test: number;
  /** Classes in the order of their labels. */
  readonly classes: readonly ClassDescription[];
  /** Mean of each channel of the training images, after division by `unit`. */
  readonly mean: readonly number[];
  /** Standard deviation of each channel, after division by `unit`. */
  readonly std: readonly number[];
  /** Augmentation that keeps the class of an image. */
  readonly augment: Dataset["augment"];
  /**
   * Files with their verified SHA-256: of the decompressed content for IDX files, of
   * the file itself for archives. Empty for your own data.
   */
  readonly files: readonly PinnedFile[];
  /** What is wrong with the samples, a sentence each; absent if nothing is known. */
  readonly remarks?: readonly string[];
  /** SHA-256 that identifies your own data. */
  readonly sha256?: string;
}

/** Name and size of a class. */
export interface ClassDescription {
  /** Class index, from 0. */
  readonly label: number;
  /** Class name. */
  readonly name: string;
  /** Number of training samples. */
  readonly train: number;
  /** Number of test samples. */
  readonly test: number;
}

/**
 * A summary of a data set: shape, size, classes and statistics.
 *
 * @param located from `locateDataset()`
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { describeDataset, locateDataset } from "@ils/label-smoothing/data";
 * const description = describeDataset(await locateDataset("excerpt"));
 * strictEqual(description.test, 200);
 * strictEqual(description.classes[9].name, "Ankle boot");
 * ```
 */
export function describeDataset(located: LocatedDataset): DatasetDescription {
  const { dataset, folder, files } = located;
  const { name, title, height, width, channels, train, test } = dataset;
  const trainCounts = countLabels(train.labels);
  const testCounts = countLabels(test.labels);
  return {
    name,
    title,
    folder,
    shape: dataset.vectors ? [channels] : [height, width, channels],
    unit: pixelScale(train.images),
    train: train.labels.length,
    test: test.labels.length,
    classes: dataset.classNames.map((name, label) => ({
      label,
      name,
      train: trainCounts.get(label) ?? 0,
      test: testCounts.get(label) ?? 0,
    })),
    mean: dataset.mean,
    std: dataset.std,
    augment: dataset.augment,
    files,
    ...dataset.remarks === undefined ? {} : { remarks: dataset.remarks },
  };
}

function countLabels(labels: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** An image with its class, for a plot. */
export interface Sample {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly label: string;
}

/**
 * The first training images of each class, as bytes. Numbers are scaled from the
 * smallest (black) to the largest (white). Of 2 or 4 channels, only the first is
 * used, in grey.
 *
 * @param count images per class; a class with fewer is filled up with blank images
 * @throws {BadInput} if the data set consists of feature vectors
 */
export function samplesOfClasses(dataset: Dataset, count: number): Sample[] {
  const { name, height, width, channels, train, classNames } = dataset;
  if (dataset.vectors) {
    throw new BadInput(
      `Cannot draw samples of ${name}: its rows are feature vectors`,
    );
  }
  const toByte = byteScale(train.images);
  const drawn = channels === 3 ? 3 : 1;
  const size = height * width;
  const picture = (index: number | undefined): Uint8Array => {
    const pixels = new Uint8Array(size * drawn).fill(255);
    if (index === undefined) return pixels;
    return pixels.map((_, i) => {
      const at = Math.floor(i / drawn) * channels + i % drawn;
      return toByte(train.images[index * size * channels + at]);
    });
  };
  return classNames.flatMap((label, k) => {
    const members = Array.from(train.labels.keys())
      .filter((i) => train.labels[i] === k).slice(0, count);
    return Array.from({ length: count }, (_, i) => ({
      ...{ pixels: picture(members[i]), width, height, channels: drawn },
      label: i < members.length ? label : "",
    }));
  });
}

function byteScale(images: PixelData): (value: number) => number {
  if (images instanceof Uint8Array) return (value) => value;
  const low = images.reduce((a, b) => Math.min(a, b), Infinity);
  const high = images.reduce((a, b) => Math.max(a, b), -Infinity);
  const range = high - low || 1;
  return (value) => Math.round(255 * (value - low) / range);
}
