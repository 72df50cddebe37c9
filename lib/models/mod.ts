/**
 * The study's networks as TensorFlow.js models, and the import of PyTorch weights.
 *
 * @module
 */
export { buildModel } from "./build.ts";
export { MODEL_NAMES, type ModelName } from "./model_name.ts";
export type { NetworkOptions } from "./network.ts";
export {
  countTrainable,
  type LayerRecord,
  layerRecords,
} from "./layer_records.ts";
export {
  importWeights,
  type TorchWeight,
  torchWeights,
} from "./import_weights.ts";
export { BadInput } from "../bad_input.ts";
