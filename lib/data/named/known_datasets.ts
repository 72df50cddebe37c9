import { CIFAR10, CIFAR100, CIFAR_ADDRESS } from "./cifar.ts";
import { type CifarCollection, cifarFiles } from "../formats/cifar.ts";
import type { Collection } from "../collection.ts";
import { EXCERPT } from "./excerpt.ts";
import { FASHION_CLASSES, FASHION_MNIST } from "./fashion_mnist.ts";
import { filesOf, idxFiles } from "../formats/idx_folder.ts";
import type { Dataset } from "../image_set.ts";
import { addressSource, debianSource, type Source } from "../fetch/sources.ts";
import { SVHN, SVHN_ADDRESS, SVHN_CLASSES, SVHN_EXTRA } from "./svhn.ts";
import { type SvhnCollection, svhnFiles } from "../formats/svhn.ts";

/** Size of a data set. */
export interface DatasetSizes {
  /** Number of training images. */
  readonly train: number;
  /** Number of test images. */
  readonly test: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
}

/** A known data set, its files and its sources. */
export interface KnownDataset {
  /** Properties known without the files. */
  readonly facts: Omit<Dataset, "name" | "train" | "test" | "mean" | "std">;
  /** Number of training and test images, known without the files. */
  readonly images: Pick<DatasetSizes, "train" | "test">;
  readonly collection: Collection;
  /**
   * The sources to try, in order.
   *
   * @param folder folder of the data set in the project
   */
  readonly sources: (folder: string) => Source[];
  /** True if it is part of the repository, its only source. */
  readonly committed?: true;
}

const FASHION_ADDRESS =
  "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
const DEBIAN_PACKAGE = "dataset-fashion-mnist";
const INSTALLED_FOLDER = "/usr/share/datasets/fashion-mnist";

const GREY_28 = {
  ...{ height: 28, width: 28, channels: 1 },
  classNames: FASHION_CLASSES,
  augment: "none",
} as const;

const COLOUR_32 = { height: 32, width: 32, channels: 3 };

/** Known data sets by name. */
export const KNOWN_DATASETS: Readonly<Record<string, KnownDataset>> = {
  fashionmnist: {
    facts: { title: "Fashion-MNIST", ...GREY_28 },
    images: { train: 60_000, test: 10_000 },
    collection: idxFiles(FASHION_MNIST),
    sources: (folder) => [
      { title: DEBIAN_PACKAGE, folder: INSTALLED_FOLDER },
      { title: "the project's data", folder },
      addressSource(
        FASHION_ADDRESS,
        folder,
        filesOf(FASHION_MNIST).map(({ name }) => `${name}.gz`),
      ),
      debianSource(DEBIAN_PACKAGE, INSTALLED_FOLDER, {
        folder,
        collection: FASHION_MNIST,
      }),
    ],
  },
  cifar10: cifar("CIFAR-10", CIFAR10),
  cifar100: cifar("CIFAR-100", CIFAR100),
  svhn: svhn("SVHN", SVHN, 73_257),
  "svhn-extra": svhn("SVHN with extra", SVHN_EXTRA, 604_388),
  excerpt: {
    facts: { title: "Fashion-MNIST (excerpt)", ...GREY_28 },
    images: { train: 1_000, test: 200 },
    collection: idxFiles(EXCERPT),
    sources: (folder) => [
      { title: "the project's excerpt", folder, required: true },
    ],
    committed: true,
  },
};

/** Sizes of the known data sets, without reading their files. */
export const DATASET_SIZES: Readonly<Record<string, DatasetSizes>> = Object
  .fromEntries(
    Object.entries(KNOWN_DATASETS).map(([name, { facts, images }]) => {
      const { height, width, channels, classNames } = facts;
      const classes = classNames.length;
      return [name, { height, width, channels, ...images, classes }];
    }),
  );

function cifar(title: string, collection: CifarCollection): KnownDataset {
  const { classNames, archive } = collection;
  return {
    facts: { title, classNames, ...COLOUR_32, augment: "crop-flip" },
    images: { train: 50_000, test: 10_000 },
    collection: cifarFiles(collection),
    sources: localOrOfficial(CIFAR_ADDRESS, [archive.name]),
  };
}

function svhn(
  title: string,
  collection: SvhnCollection,
  train: number,
): KnownDataset {
  const files = [...collection.train, ...collection.test];
  return {
    // A mirrored digit is not a digit.
    facts: { title, classNames: SVHN_CLASSES, ...COLOUR_32, augment: "none" },
    images: { train, test: 26_032 },
    collection: svhnFiles(collection),
    sources: localOrOfficial(SVHN_ADDRESS, files.map(({ name }) => name)),
  };
}

function localOrOfficial(
  address: string,
  names: readonly string[],
): KnownDataset["sources"] {
  return (folder) => [
    { title: "the project's data", folder },
    addressSource(address, folder, names),
  ];
}
