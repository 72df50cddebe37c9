/**
 * Known image data sets, your own data (class folders or arrays), and seeded splits
 * and folds.
 *
 * @module
 */
export {
  DATASET_NAMES,
  loadDataset,
  type LoadOptions,
  locateDataset,
  type LocatedDataset,
} from "./dataset.ts";
export type { PinnedFile } from "./collection.ts";
export {
  type Dataset,
  type ImageSet,
  type PixelData,
  takeImages,
} from "./image_set.ts";
export {
  identifyOwn,
  loadOwn,
  type OwnData,
  type OwnOptions,
} from "./own/load.ts";
export type { ImageOptions } from "./own/images.ts";
export type { Fit } from "./formats/resize.ts";
export { type Split, splitIndices, type SplitOptions } from "./split.ts";
export { type NoiseOptions, noisyLabels } from "./label_noise.ts";
export { type FoldOptions, stratifiedFolds } from "./folds.ts";
export {
  type ClassDescription,
  type DatasetDescription,
  describeDataset,
} from "./describe.ts";
export {
  cropAndFlip,
  type DeviceImages,
  deviceImages,
  type Pixels,
} from "./device_images.ts";
export type { Report } from "./report.ts";
export type { Tensor1D, Tensor4D } from "../engine/tensor_types.ts";
export { type Random, stream } from "../random.ts";
export { BadInput } from "../bad_input.ts";
