import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BadInput } from "../bad_input.ts";
import { channelStatistics } from "./channel_statistics.ts";
import { CIFAR10, CIFAR100, CIFAR_ADDRESS } from "./cifar.ts";
import { type CifarCollection, cifarFiles } from "./cifar_files.ts";
import type { Collection, PinnedFile } from "./collection.ts";
import { EXCERPT } from "./excerpt.ts";
import { FASHION_CLASSES, FASHION_MNIST } from "./fashion_mnist.ts";
import { filesOf, idxFiles } from "./idx_folder.ts";
import type { Dataset } from "./image_set.ts";
import { type Report, silent } from "./report.ts";
import {
  addressSource,
  debianSource,
  findData,
  type Found,
  givenSource,
  type Source,
} from "./sources.ts";
import { SVHN, SVHN_ADDRESS, SVHN_CLASSES, SVHN_EXTRA } from "./svhn.ts";
import { type SvhnCollection, svhnFiles } from "./svhn_files.ts";

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

const DATA_FOLDER = fileURLToPath(new URL("../../data", import.meta.url));
const INSTALLED_FOLDER = "/usr/share/datasets/fashion-mnist";
const FASHION_ADDRESS =
  "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
const DEBIAN_PACKAGE = "dataset-fashion-mnist";

const LOADERS: Record<
  string,
  (options: LoadOptions) => Promise<LocatedDataset>
> = {
  fashionmnist: loadFashionMnist,
  cifar10: (options) => loadCifar("cifar10", "CIFAR-10", CIFAR10, options),
  cifar100: (options) => loadCifar("cifar100", "CIFAR-100", CIFAR100, options),
  svhn: (options) => loadSvhn("svhn", "SVHN", SVHN, options),
  "svhn-extra": (options) =>
    loadSvhn("svhn-extra", "SVHN with extra", SVHN_EXTRA, options),
  excerpt: loadExcerpt,
};

/** The names that `loadDataset` knows. */
export const DATASET_NAMES: readonly string[] = Object.keys(LOADERS);

/**
 * A data set by its name: `fashionmnist`, `cifar10`, `cifar100` (each 60,000 in
 * all), `svhn` (99,289) and `svhn-extra` (630,420), fetched where they are nowhere on this machine, or
 * `excerpt` (1,000 + 200 images of the first, part of the project).
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
  { given, own = DATA_FOLDER, fetch = true, report = silent }: LoadOptions,
): Promise<LocatedDataset> {
  const name = "fashionmnist";
  const folder = join(own, name);
  const archives = filesOf(FASHION_MNIST).map(({ name }) => `${name}.gz`);
  const sources: Source[] = [
    ...givenSources(name, given),
    { title: DEBIAN_PACKAGE, folder: INSTALLED_FOLDER },
    { title: "the project's data", folder },
    addressSource(FASHION_ADDRESS, folder, archives),
    debianSource(DEBIAN_PACKAGE, INSTALLED_FOLDER, {
      folder,
      collection: FASHION_MNIST,
    }),
  ];
  const found = await findData(
    allowed(sources, fetch),
    idxFiles(FASHION_MNIST),
    report,
  );
  return located(found, {
    name,
    title: "Fashion-MNIST",
    classNames: FASHION_CLASSES,
    ...GREY_28,
  });
}

async function loadExcerpt({ own = DATA_FOLDER }: LoadOptions) {
  const folder = join(own, "excerpt");
  const found = await findData([
    { title: "the project's excerpt", folder, binding: true },
  ], idxFiles(EXCERPT));
  return located(found, {
    name: "excerpt",
    title: "Fashion-MNIST (excerpt)",
    classNames: FASHION_CLASSES,
    ...GREY_28,
  });
}

async function loadCifar(
  name: string,
  title: string,
  collection: CifarCollection,
  options: LoadOptions,
): Promise<LocatedDataset> {
  const found = await findPublished(name, cifarFiles(collection), {
    address: CIFAR_ADDRESS,
    names: [collection.archive.name],
  }, options);
  const { classNames } = collection;
  return located(found, { name, title, classNames, ...COLOUR_32 });
}

async function loadSvhn(
  name: string,
  title: string,
  collection: SvhnCollection,
  options: LoadOptions,
): Promise<LocatedDataset> {
  const files = [...collection.train, ...collection.test];
  const found = await findPublished(name, svhnFiles(collection), {
    address: SVHN_ADDRESS,
    names: files.map(({ name }) => name),
  }, options);
  return located(found, {
    name,
    title,
    classNames: SVHN_CLASSES,
    ...COLOUR_32,
    // A mirrored digit is none.
    augment: "none",
  });
}

/** Looks into the folder that was given, the project's own, then fetches. */
function findPublished(
  name: string,
  collection: Collection,
  { address, names }: { address: string; names: readonly string[] },
  { given, own = DATA_FOLDER, fetch = true, report = silent }: LoadOptions,
): Promise<Found> {
  const folder = join(own, name);
  const sources = [
    ...givenSources(name, given),
    { title: "the project's data", folder },
    addressSource(address, folder, names),
  ];
  return findData(allowed(sources, fetch), collection, report);
}

function allowed(sources: readonly Source[], fetch: boolean): Source[] {
  return sources.filter(({ bring }) => fetch || bring === undefined);
}

function givenSources(
  name: string,
  given = Deno.env.get("ILS_DATA_DIR"),
): Source[] {
  return given ? [givenSource(given, name)] : [];
}

type Facts = Omit<Dataset, "train" | "test" | "mean" | "std">;

const GREY_28 = {
  height: 28,
  width: 28,
  channels: 1,
  augment: "none",
} as const;
const COLOUR_32 = {
  ...{ height: 32, width: 32, channels: 3 },
  augment: "crop-flip",
} as const;

function located(
  { folder, train, test, files }: Found,
  facts: Facts,
): LocatedDataset {
  const statistics = channelStatistics(train.images, facts.channels);
  return { dataset: { ...facts, train, test, ...statistics }, folder, files };
}
