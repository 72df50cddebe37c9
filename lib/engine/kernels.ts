/**
 * Replacements of kernels and gradients of TensorFlow.js by TensorFlow's own
 * operations, where those are faster or can be recorded (docs/decisions/fast_operations.md).
 */
import type * as tfjs from "@tensorflow/tfjs-node-gpu";
import { type Attribute, attribute, BOOL, FLOAT, INT32 } from "./attributes.ts";

/** Runs an operation by its name; the caller disposes the outputs. */
export type RawOp = (
  name: string,
  attributes: readonly Attribute[],
  inputs: readonly tfjs.Tensor[],
  outputs: number,
) => tfjs.Tensor[];

/** What the replacements need of the engine. */
export interface EngineTools {
  readonly tf: typeof tfjs;
  readonly rawOp: RawOp;
  /** Whether a GPU computes; its own kernels of max-pooling are faster. */
  readonly gpu: boolean;
}

/**
 * Replaces kernels and gradients for all later operations.
 *
 * @returns whether oneDNN's operations exist
 */
export function replaceKernels(tools: EngineTools): boolean {
  replaceReluGradient(tools);
  replaceGather(tools);
  replaceSoftmax(tools);
  const oneDnn = hasOneDnn(tools);
  if (oneDnn) replaceMaxPooling(tools);
  return oneDnn;
}

/**
 * The stock gradient of ReLU is two operations. TensorFlow has a single one, which
 * needs only the output that the forward pass keeps anyway.
 */
function replaceReluGradient({ tf, rawOp }: EngineTools): void {
  const attributes = [attribute.type("T", FLOAT)];
  tf.unregisterGradient("Relu");
  tf.registerGradient({
    kernelName: "Relu",
    outputsToSave: [true],
    gradFunc: (dy, saved) => ({
      x: () =>
        rawOp("ReluGrad", attributes, [dy as tfjs.Tensor, saved[0]], 1)[0],
    }),
  });
}

/**
 * The stock kernel reads the indices back to the host to check them, which stops a
 * graph from being recorded. TensorFlow's operation checks them itself.
 */
function replaceGather({ tf, rawOp }: EngineTools): void {
  tf.unregisterKernel("GatherV2", "tensorflow");
  tf.registerKernel({
    kernelName: "GatherV2",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs = {} }) => {
      const { x, indices } = inputs as Record<string, tfjs.Tensor>;
      const { axis, batchDims } = attrs as Record<string, number>;
      const type = { int32: INT32, bool: BOOL }[x.dtype as string] ?? FLOAT;
      const at = tf.scalar(axis, "int32");
      const [rows] = rawOp(
        "GatherV2",
        [
          attribute.int("batch_dims", batchDims),
          attribute.type("Tparams", type),
          attribute.type("Tindices", INT32),
          attribute.type("Taxis", INT32),
        ],
        [x, indices, at],
        1,
      );
      at.dispose();
      return rows;
    },
  });
}

/**
 * In a graph, TensorFlow exchanges `Softmax` for oneDNN's operation, which rounds
 * differently. This composition has the same bits everywhere.
 */
function replaceSoftmax({ tf, rawOp }: EngineTools): void {
  const attributes = [attribute.type("T", FLOAT)];
  tf.unregisterKernel("Softmax", "tensorflow");
  tf.registerKernel({
    kernelName: "Softmax",
    backendName: "tensorflow",
    kernelFunc: ({ inputs: { logits } }) => {
      const x = logits as tfjs.Tensor;
      const [logs] = rawOp("LogSoftmax", attributes, [x], 1);
      const [p] = rawOp("Exp", attributes, [logs], 1);
      logs.dispose();
      return p;
    },
  });
}

/**
 * TensorFlow's gradient of max-pooling searches for each maximum again and takes ten
 * times as long as oneDNN's, which uses the places found by the forward pass. The
 * gradient function does not receive them, but repeating the forward pass is cheap.
 */
function replaceMaxPooling({ tf, rawOp }: EngineTools): void {
  const window = (x: tfjs.Tensor4D, attributes: tfjs.NamedAttrMap) =>
    poolingWindow(tf, x, attributes);
  const maxPool = (x: tfjs.Tensor4D, attributes: tfjs.NamedAttrMap) =>
    rawOp("_MklNativeMaxPool", window(x, attributes), [x], 2);
  tf.unregisterKernel("MaxPool", "tensorflow");
  tf.registerKernel({
    kernelName: "MaxPool",
    backendName: "tensorflow",
    kernelFunc: ({ inputs: { x }, attrs = {} }) => {
      const [y, places] = maxPool(x as tfjs.Tensor4D, attrs);
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
        const [y, places] = maxPool(x as tfjs.Tensor4D, attributes);
        const inputs = [x, y, dy as tfjs.Tensor, places];
        const attrs = window(x as tfjs.Tensor4D, attributes);
        return rawOp("_MklNativeMaxPoolGrad", attrs, inputs, 1)[0];
      },
    }),
  });
}

/** Whether oneDNN's operations exist: in builds for x86, unless they are switched off. */
function hasOneDnn({ tf, rawOp, gpu }: EngineTools): boolean {
  if (gpu || Deno.env.get("TF_ENABLE_ONEDNN_OPTS") === "0") return false;
  return tf.tidy(() => {
    const x = tf.zeros<tfjs.Rank.R4>([1, 2, 2, 1]);
    const size = { filterSize: 2, strides: 2, pad: "valid" };
    try {
      rawOp("_MklNativeMaxPool", poolingWindow(tf, x, size), [x], 2);
      return true;
    } catch {
      return false;
    }
  });
}

function poolingWindow(
  tf: typeof tfjs,
  x: tfjs.Tensor4D,
  attributes: tfjs.NamedAttrMap,
) {
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
