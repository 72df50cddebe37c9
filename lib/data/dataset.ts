import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { ROOT } from "../files/project_root.ts";
import { channelStatistics } from "./channel_statistics.ts";
import type { PinnedFile } from "./collection.ts";
import type { Dataset } from "./image_set.ts";
import { KNOWN_DATASETS } from "./named/known_datasets.ts";
import { type Report, silent } from "./report.ts";
import { findData, userSource } from "./fetch/sources.ts";

/** Options of `loadDataset()`. */
export interface LoadOptions {
  /** Folder to search first (the environment variable `ILS_DATA_DIR`). */
  readonly userFolder?: string | undefined;
  /** Data folder of the project (`data`), to which data sets are downloaded. */
  readonly projectFolder?: string;
  /** Whether to download a data set that is not on this machine (true). */
  readonly fetch?: boolean;
  /** Receives messages about the search and downloads (none). */
  readonly report?: Report;
}

/** A data set with its folder and files. */
export interface LocatedDataset {
  /** The data set in memory. */
  readonly dataset: Dataset;
  /** Folder from which it was read. */
  readonly folder: string;
  /** Its files with their verified checksums. */
  readonly files: readonly PinnedFile[];
}

const DATA_FOLDER = join(ROOT, "data");

/** Names of the known data sets, as `loadDataset()` accepts them. */
export const DATASET_NAMES: readonly string[] = Object.keys(KNOWN_DATASETS);

/**
 * Loads a known data set: `fashionmnist`, `cifar10`, `cifar100`, `svhn` or
 * `svhn-extra`, which are downloaded if they are not on this machine, or `excerpt`,
 * 1,000 training and 200 test images of Fashion-MNIST that are part of the project.
 *
 * @param name one of `DATASET_NAMES`
 * @throws {BadInput} for an unknown name, or if `ILS_DATA_DIR` is not a folder or
 * contains damaged files
 * @throws {Error} listing all sources, if none of them has the data
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { loadDataset } from "@ils/label-smoothing/data";
 * const { train, height } = await loadDataset("excerpt");
 * strictEqual(train.labels.length, 1000);
 * strictEqual(height, 28);
 * ```
 */
export async function loadDataset(
  name: string,
  options: LoadOptions = {},
): Promise<Dataset> {
  return (await locateDataset(name, options)).dataset;
}

/**
 * Loads a known data set as `loadDataset()` does, and returns also its folder and
 * checksums.
 *
 * @param name one of `DATASET_NAMES`
 * @param options folders to search, whether to download, and where to report
 * @throws {BadInput} and {Error} as `loadDataset()`
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { locateDataset } from "@ils/label-smoothing/data";
 * const { files } = await locateDataset("excerpt");
 * strictEqual(files[0].name, "train-images-idx3-ubyte");
 * ```
 */
export async function locateDataset(
  name: string,
  options: LoadOptions = {},
): Promise<LocatedDataset> {
  const {
    userFolder = Deno.env.get("ILS_DATA_DIR"),
    projectFolder = DATA_FOLDER,
    fetch = true,
    report = silent,
  } = options;
  if (!Object.hasOwn(KNOWN_DATASETS, name)) {
    throw new BadInput(
      `Cannot load data set ${JSON.stringify(name)}: ` +
        `known are ${DATASET_NAMES.join(", ")}`,
    );
  }
  const { facts, collection, sources, committed } = KNOWN_DATASETS[name];
  const candidates = [
    ...userFolder && !committed ? [userSource(userFolder, name)] : [],
    ...sources(join(projectFolder, name)),
  ];
  const found = await findData(
    candidates.filter(({ fetchInto }) => fetch || fetchInto === undefined),
    collection,
    report,
  );
  const { folder, train, test, files } = found;
  const statistics = channelStatistics(train.images, facts.channels);
  return {
    dataset: { name, ...facts, train, test, ...statistics },
    folder,
    files,
  };
}
