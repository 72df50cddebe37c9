/** How large a data set is. */
export interface DatasetSizes {
  /** Training images. */
  readonly train: number;
  /** Test images. */
  readonly test: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
}

const GREY_28 = { height: 28, width: 28, channels: 1 };
const COLOUR_32 = { height: 32, width: 32, channels: 3 };

/** Sizes of the data sets that have a name, known without their files. */
export const DATASET_SIZES: Readonly<Record<string, DatasetSizes>> = {
  fashionmnist: { ...GREY_28, train: 60_000, test: 10_000, classes: 10 },
  cifar10: { ...COLOUR_32, train: 50_000, test: 10_000, classes: 10 },
  cifar100: { ...COLOUR_32, train: 50_000, test: 10_000, classes: 100 },
  svhn: { ...COLOUR_32, train: 73_257, test: 26_032, classes: 10 },
  "svhn-extra": { ...COLOUR_32, train: 604_388, test: 26_032, classes: 10 },
  excerpt: { ...GREY_28, train: 1_000, test: 200, classes: 10 },
};
