/**
 * The networks of the study as TensorFlow.js models, and import of PyTorch weights.
 *
 * @module
 */
export { buildModel } from "./build.ts";
export { MODEL_NAMES, type ModelName } from "./model_name.ts";
export type { NetworkOptions } from "./network.ts";
export { penultimateModel } from "./penultimate.ts";
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
export type { Layer, LayersModel, Tensor } from "../engine/tensor_types.ts";
export type { NamedArray } from "../files/safetensors.ts";
export { type Random, stream } from "../random.ts";
export { BadInput } from "../bad_input.ts";
