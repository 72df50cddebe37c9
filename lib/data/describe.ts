import { BadInput } from "../bad_input.ts";
import type { Contents } from "./collection.ts";
import type { LocatedDataset } from "./dataset.ts";
import { type Dataset, type PixelData, pixelScale } from "./image_set.ts";

/** A data set in numbers, ready for JSON. */
export interface DatasetDescription {
  readonly name: string;
  readonly title: string;
  /** Where its files are. */
  readonly folder: string;
  /** `[height, width, channels]` of one image, `[features]` of a vector. */
  readonly shape: readonly number[];
  /** What values are divided by: 255 where they are bytes, else 1. */
  readonly unit: number;
  readonly train: number;
  readonly test: number;
  /** Images of each class, by label. */
  readonly classes: readonly {
    readonly label: number;
    readonly name: string;
    readonly train: number;
    readonly test: number;
  }[];
  /** Of each channel of the training images, divided by their unit. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** What training may do to an image. */
  readonly augment: Dataset["augment"];
  /**
   * The SHA-256 of each file, which it was found to have: of an IDX file
   * decompressed, of an archive as it is. None of one's own.
   */
  readonly files: Contents["files"];
  /** The SHA-256 by which one's own data is known. */
  readonly sha256?: string;
}

/** What a data set holds. */
export function describeDataset(
  { dataset, folder, files }: LocatedDataset,
): DatasetDescription {
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
  };
}

function countLabels(labels: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** A picture of bytes, as plots take it, with its class. */
export interface Sample {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly label: string;
}

/**
 * The first training images of each class. Numbers are drawn from the smallest,
 * black, to the largest, white; of images with 2 or 4 channels the first is
 * drawn, in grey.
 *
 * @param count images a class; a class with fewer has blank ones, so that each
 * class fills a row
 * @throws {BadInput} if the data set holds feature vectors
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
