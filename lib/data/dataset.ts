import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { ROOT } from "../files/project_root.ts";
import { channelStatistics } from "./channel_statistics.ts";
import type { PinnedFile } from "./collection.ts";
import type { Dataset } from "./image_set.ts";
import { KNOWN_DATASETS } from "./named/known_datasets.ts";
import { type Report, silent } from "./report.ts";
import { findData, givenSource } from "./fetch/sources.ts";

/** Where data sets are looked for, and who is told about it. */
export interface LoadOptions {
  /** A folder that is looked at first; default `ILS_DATA_DIR`. */
  readonly given?: string | undefined;
  /** The project's own data folder; default `data/`. */
  readonly own?: string;
  /** False to look only where it may lie already; true by default. */
  readonly fetch?: boolean;
  readonly report?: Report;
}

/** A data set, the folder it was read from, and what it was checked against. */
export interface LocatedDataset {
  readonly dataset: Dataset;
  readonly folder: string;
  readonly files: readonly PinnedFile[];
}

const DATA_FOLDER = join(ROOT, "data");

/** The names that `loadDataset` knows. */
export const DATASET_NAMES: readonly string[] = Object.keys(KNOWN_DATASETS);

/**
 * A data set by its name: `fashionmnist`, `cifar10`, `cifar100`, `svhn` and
 * `svhn-extra`, fetched where they are nowhere on this machine, or `excerpt`,
 * 1,000 + 200 images of the first that are part of the project.
 *
 * @throws {BadInput} for another name, or if `ILS_DATA_DIR` is wrong or
 * damaged
 * @throws {Error} if the data can be had from no source; it names them all
 *
 * @example
 * ```ts
 * import { loadDataset } from "./dataset.ts";
 * const { train } = await loadDataset("excerpt");
 * train.labels.length; // 1000
 * ```
 */
export async function loadDataset(
  name: string,
  options: LoadOptions = {},
): Promise<Dataset> {
  return (await locateDataset(name, options)).dataset;
}

/** As `loadDataset`, with where the data was found and its checksums. */
export async function locateDataset(
  name: string,
  {
    given = Deno.env.get("ILS_DATA_DIR"),
    own = DATA_FOLDER,
    fetch = true,
    report = silent,
  }: LoadOptions = {},
): Promise<LocatedDataset> {
  if (!Object.hasOwn(KNOWN_DATASETS, name)) {
    throw new BadInput(
      `Cannot load data set ${JSON.stringify(name)}: ` +
        `known are ${DATASET_NAMES.join(", ")}`,
    );
  }
  const { facts, collection, sources, committed } = KNOWN_DATASETS[name];
  const candidates = [
    ...given && !committed ? [givenSource(given, name)] : [],
    ...sources(join(own, name)),
  ];
  const found = await findData(
    candidates.filter(({ bring }) => fetch || bring === undefined),
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
