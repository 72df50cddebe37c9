import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BadInput } from "../bad_input.ts";
import { channelStatistics } from "./channel_statistics.ts";
import { EXCERPT } from "./excerpt.ts";
import { FASHION_CLASSES, FASHION_MNIST } from "./fashion_mnist.ts";
import { filesOf, type IdxCollection, type PinnedFile } from "./idx_folder.ts";
import type { Dataset } from "./image_set.ts";
import { type Report, silent } from "./report.ts";
import {
  addressSource,
  debianSource,
  findIdx,
  type Found,
  givenSource,
  type Source,
} from "./sources.ts";

/** Where data sets are looked for, and who is told about it. */
export interface LoadOptions {
  /** A folder that is looked at first; default `ILS_DATA_DIR`. */
  readonly given?: string | undefined;
  /** The project's own data folder; default `data/`. */
  readonly own?: string;
  readonly report?: Report;
}

/** A data set, the folder it was read from, and what it was checked against. */
export interface LocatedDataset {
  readonly dataset: Dataset;
  readonly folder: string;
  readonly files: readonly PinnedFile[];
}

const DATA_FOLDER = fileURLToPath(new URL("../../data", import.meta.url));
const INSTALLED_FOLDER = "/usr/share/datasets/fashion-mnist";
const OFFICIAL_ADDRESS =
  "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
const DEBIAN_PACKAGE = "dataset-fashion-mnist";

const LOADERS: Record<
  string,
  (options: LoadOptions) => Promise<LocatedDataset>
> = { fashionmnist: loadFashionMnist, excerpt: loadExcerpt };

/** The names that `loadDataset` knows. */
export const DATASET_NAMES: readonly string[] = Object.keys(LOADERS);

/**
 * A data set by its name: `fashionmnist` (60,000 + 10,000 real images, fetched
 * when it is nowhere on this machine) or `excerpt` (1,000 + 200 of them, part
 * of the project).
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
  options: LoadOptions = {},
): Promise<LocatedDataset> {
  if (!Object.hasOwn(LOADERS, name)) {
    throw new BadInput(
      `Cannot load data set ${JSON.stringify(name)}: ` +
        `known are ${DATASET_NAMES.join(", ")}`,
    );
  }
  return await LOADERS[name](options);
}

async function loadFashionMnist(
  { given = Deno.env.get("ILS_DATA_DIR"), own = DATA_FOLDER, report = silent }:
    LoadOptions,
): Promise<LocatedDataset> {
  const folder = join(own, "fashionmnist");
  const sources: Source[] = [
    { title: DEBIAN_PACKAGE, folder: INSTALLED_FOLDER },
    { title: "the project's data", folder },
    addressSource(OFFICIAL_ADDRESS, folder, FASHION_MNIST),
    debianSource(DEBIAN_PACKAGE, INSTALLED_FOLDER, {
      folder,
      collection: FASHION_MNIST,
    }),
  ];
  if (given) sources.unshift(givenSource(given, "fashionmnist"));
  const found = await findIdx(sources, FASHION_MNIST, report);
  return located("fashionmnist", "Fashion-MNIST", {
    found,
    collection: FASHION_MNIST,
  });
}

async function loadExcerpt({ own = DATA_FOLDER }: LoadOptions) {
  const folder = join(own, "excerpt");
  const found = await findIdx([
    { title: "the project's excerpt", folder, binding: true },
  ], EXCERPT);
  return located("excerpt", "Fashion-MNIST (excerpt)", {
    found,
    collection: EXCERPT,
  });
}

function located(
  name: string,
  title: string,
  { found, collection }: { found: Found; collection: IdxCollection },
): LocatedDataset {
  const { folder, train, test } = found;
  const dataset: Dataset = {
    name,
    title,
    classNames: FASHION_CLASSES,
    height: collection.height,
    width: collection.width,
    channels: 1,
    train,
    test,
    ...channelStatistics(train.images, 1),
    augment: "none",
  };
  return { dataset, folder, files: filesOf(collection) };
}
