/**
 * Named image data sets, data sets of your own (class folders or arrays), and
 * seeded splits and folds.
 *
 * @module
 */
export { DATASET_NAMES, loadDataset, type LoadOptions } from "./dataset.ts";
export {
  type Dataset,
  type ImageSet,
  type PixelData,
  takeImages,
} from "./image_set.ts";
export { loadOwn, type OwnData, type OwnOptions } from "./own/load.ts";
export { type Split, splitIndices, type SplitOptions } from "./split.ts";
export { type FoldOptions, stratifiedFolds } from "./folds.ts";
export { type DatasetDescription, describeDataset } from "./describe.ts";
export {
  cropAndFlip,
  type DeviceImages,
  deviceImages,
  type Pixels,
} from "./device_images.ts";
export { BadInput } from "../bad_input.ts";
