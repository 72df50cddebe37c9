/**
 * The only module that exports TensorFlow: `tf`, with faster gradients registered,
 * and raw operations that TensorFlow.js does not wrap.
 */
import "./load_engine.ts";
import * as tf from "@tensorflow/tfjs-node-gpu";

export { tf };

type AttributeValue = number | boolean | string | readonly number[];

/** An attribute of a raw operation, created by a function of `attribute`. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: AttributeValue;
}

interface Binding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_UINT8: number;
  readonly TF_INT64: number;
  readonly TF_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_SHAPE: number;
  createTensor(
    shape: readonly number[],
    dtype: number,
    data: Uint8Array,
  ): number;
  loadSavedModel(folder: string, tag: string): number;
}

interface RawBackend {
  readonly binding: Binding;
  readonly isUsingGpuDevice: boolean;
  executeMultipleOutputs(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
  createOutputTensor(
    metadata: { id: number; shape: readonly number[]; dtype: number },
  ): tf.Tensor;
  runSavedModel(
    id: number,
    inputs: readonly tf.Tensor[],
    inputNames: readonly { readonly name: string }[],
    outputNames: readonly string[],
  ): tf.Tensor[];
}

const backend = tf.backend() as unknown as RawBackend;
const { binding } = backend;

/** Type attributes of raw operations. */
export const FLOAT = binding.TF_FLOAT;
export const INT32 = binding.TF_INT32;
export const UINT8 = binding.TF_UINT8;
export const INT64 = binding.TF_INT64;
export const BOOL = binding.TF_BOOL;

/** Values of `Attribute.type`, by kind of value. */
export const ATTRIBUTE_TYPE = {
  type: binding.TF_ATTR_TYPE,
  float: binding.TF_ATTR_FLOAT,
  int: binding.TF_ATTR_INT,
  bool: binding.TF_ATTR_BOOL,
  string: binding.TF_ATTR_STRING,
  shape: binding.TF_ATTR_SHAPE,
};

/** Functions that create attributes of raw operations, one per kind of value. */
export const attribute = {
  type: (name: string, value: number): Attribute => (
    { name, type: ATTRIBUTE_TYPE.type, value }
  ),
  float: (name: string, value: number): Attribute => (
    { name, type: ATTRIBUTE_TYPE.float, value }
  ),
  int: (name: string, value: number | readonly number[]): Attribute => (
    { name, type: ATTRIBUTE_TYPE.int, value }
  ),
  bool: (name: string, value: boolean): Attribute => (
    { name, type: ATTRIBUTE_TYPE.bool, value }
  ),
  string: (name: string, value: string): Attribute => (
    { name, type: ATTRIBUTE_TYPE.string, value }
  ),
  shape: (name: string, value: readonly number[]): Attribute => (
    { name, type: ATTRIBUTE_TYPE.shape, value }
  ),
};

/**
 * Runs a TensorFlow operation by its name, outside the gradient tape. The caller
 * disposes the outputs.
 */
export function rawOp(
  name: string,
  attributes: readonly Attribute[],
  inputs: readonly tf.Tensor[],
  outputs: number,
): tf.Tensor[] {
  return backend.executeMultipleOutputs(name, attributes, inputs, outputs);
}

/** Loads a graph from a folder in TensorFlow's SavedModel format. */
export function openGraph(folder: string, tag: string): RunGraph {
  const id = binding.loadSavedModel(folder, tag);
  return (inputs, inputNames, outputNames) =>
    backend.runSavedModel(id, inputs, inputNames, outputNames);
}

/** Computes the named outputs of a graph; the caller disposes them. */
export type RunGraph = (
  inputs: readonly tf.Tensor[],
  inputNames: readonly { readonly name: string }[],
  outputNames: readonly string[],
) => tf.Tensor[];

/** Bytes as a uint8 tensor on the device, a type that TensorFlow.js does not have. */
export function uint8Tensor(
  bytes: Uint8Array,
  shape: readonly number[],
): tf.Tensor {
  const id = binding.createTensor(shape, UINT8, bytes);
  return backend.createOutputTensor({ id, shape, dtype: UINT8 });
}

/** Versions and device, for the record of a run. */
export interface EngineInfo {
  readonly tfjs: string;
  readonly tensorflow: string;
  readonly device: "cpu" | "gpu";
  readonly deno: string;
}

/** Versions and device of this process. */
export function engineInfo(): EngineInfo {
  return {
    tfjs: tf.version.tfjs,
    tensorflow: binding.TF_Version,
    device: backend.isUsingGpuDevice ? "gpu" : "cpu",
    deno: Deno.version.deno,
  };
}

// The stock gradient of ReLU is two operations. TensorFlow has a single one, which
// needs only the output that the forward pass keeps anyway.
tf.unregisterGradient("Relu");
tf.registerGradient({
  kernelName: "Relu",
  outputsToSave: [true],
  gradFunc: (dy, saved) => ({
    x: () =>
      rawOp(
        "ReluGrad",
        [attribute.type("T", FLOAT)],
        [dy as tf.Tensor, saved[0]],
        1,
      )[0],
  }),
});

// TensorFlow's gradient of max-pooling searches for each maximum again and takes ten
// times as long as oneDNN's, which uses the places found by the forward pass. The
// gradient function does not receive them, but repeating the forward pass is cheap.
if (hasOneDnnPooling()) {
  tf.unregisterKernel("MaxPool", "tensorflow");
  tf.registerKernel({
    kernelName: "MaxPool",
    backendName: "tensorflow",
    kernelFunc: ({ inputs: { x }, attrs = {} }) => {
      const [y, places] = maxPool(x as tf.Tensor4D, attrs);
      places.dispose();
      return y;
    },
  });
  tf.unregisterGradient("MaxPool");
  tf.registerGradient({
    kernelName: "MaxPool",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        const [y, places] = maxPool(x as tf.Tensor4D, attributes);
        const inputs = [x, y, dy as tf.Tensor, places];
        const window = poolingWindow(x as tf.Tensor4D, attributes);
        return rawOp("_MklNativeMaxPoolGrad", window, inputs, 1)[0];
      },
    }),
  });
}

/** The maximum of each window and its place. */
function maxPool(x: tf.Tensor4D, attributes: tf.NamedAttrMap): tf.Tensor[] {
  return rawOp("_MklNativeMaxPool", poolingWindow(x, attributes), [x], 2);
}

/** Whether oneDNN's max-pooling exists: in builds for x86. GPUs have faster kernels. */
function hasOneDnnPooling(): boolean {
  if (backend.isUsingGpuDevice) return false;
  if (Deno.env.get("TF_ENABLE_ONEDNN_OPTS") === "0") return false;
  return tf.tidy(() => {
    const x = tf.zeros<tf.Rank.R4>([1, 2, 2, 1]);
    const size = { filterSize: 2, strides: 2, pad: "valid" };
    try {
      maxPool(x, size);
      return true;
    } catch {
      return false;
    }
  });
}

function poolingWindow(x: tf.Tensor4D, attributes: tf.NamedAttrMap) {
  const { filterSize, strides, pad } = attributes as {
    filterSize: number | [number, number];
    strides: number | [number, number];
    pad: "valid" | "same";
  };
  const { filterHeight, filterWidth, strideHeight, strideWidth } = tf
    .backend_util.computePool2DInfo(x.shape, filterSize, strides, 1, pad);
  return [
    attribute.type("T", FLOAT),
    attribute.int("ksize", [1, filterHeight, filterWidth, 1]),
    attribute.int("strides", [1, strideHeight, strideWidth, 1]),
    attribute.string("padding", pad.toUpperCase()),
    attribute.string("data_format", "NHWC"),
    attribute.bool("workspace_enabled", true),
    attribute.string("_kernel", "MklNameChangeOp"),
  ];
}
