import { type LoadOptions, locateDataset } from "./dataset.ts";

/** A data set in numbers, ready for JSON. */
export interface DatasetDescription {
  readonly name: string;
  readonly title: string;
  /** Where its files are. */
  readonly folder: string;
  /** `[height, width, channels]` of one image. */
  readonly shape: readonly [number, number, number];
  readonly train: number;
  readonly test: number;
  /** Images of each class, by label. */
  readonly classes: readonly {
    readonly label: number;
    readonly name: string;
    readonly train: number;
    readonly test: number;
  }[];
  /** Of each channel of the training images, pixels divided by 255. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** The SHA-256 of each decompressed file, which was found to be so. */
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

/** Loads a data set, checks it and tells what it holds. */
export async function describeDataset(
  name: string,
  options: LoadOptions = {},
): Promise<DatasetDescription> {
  const { dataset, folder, files } = await locateDataset(name, options);
  const { title, height, width, channels, train, test } = dataset;
  const trainCounts = countLabels(train.labels);
  const testCounts = countLabels(test.labels);
  return {
    name,
    title,
    folder,
    shape: [height, width, channels],
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
    files,
  };
}

function countLabels(labels: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}
