/**
 * The only module that exports TensorFlow: `tf`, with faster gradients registered,
 * and raw operations that TensorFlow.js does not wrap.
 */
import "./load_engine.ts";
import * as tf from "@tensorflow/tfjs-node-gpu";
import { type Attribute, UINT8 } from "./attributes.ts";
import { replaceKernels } from "./kernels.ts";

export { tf };

interface Binding {
  readonly TF_Version: string;
  createTensor(
    shape: readonly number[],
    dtype: number,
    data: Uint8Array,
  ): number;
  loadSavedModel(folder: string, tag: string): number;
  deleteSavedModel(id: number): void;
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

/** A graph that TensorFlow has loaded, with its variables. */
export interface LoadedGraph {
  /** Computes the named outputs; the caller disposes them. */
  run(
    inputs: readonly tf.Tensor[],
    inputNames: readonly { readonly name: string }[],
    outputNames: readonly string[],
  ): tf.Tensor[];
  /** Frees the graph and its variables. */
  close(): void;
}

/**
 * Read by our build of the binding (`tools/setup/session_config.h`): a ConfigProto
 * message in hexadecimal.
 */
const CONFIG_VARIABLE = "TF_SESSION_CONFIG";

/**
 * `allow_soft_placement: true` and
 * `graph_options { rewrite_options { disable_meta_optimizer: true } }`
 */
const AS_WRITTEN = "3801" + "5205" + "5203" + "980101";

/** `experimental { executor_type: "SINGLE_THREADED_EXECUTOR" }` */
const SERIAL = "82011a" + "1a18" +
  new TextEncoder().encode("SINGLE_THREADED_EXECUTOR").toHex();

/** Options of a session. */
export interface SessionOptions {
  /**
   * Whether TensorFlow may replace operations by others, which may round differently
   * (true).
   */
  readonly rewrite?: boolean;
  /**
   * Whether operations run one after another in a fixed order, with less work between
   * them (false). A GPU ignores it.
   */
  readonly serial?: boolean;
}

/** Loads a graph from a folder in TensorFlow's SavedModel format. */
export function loadGraph(
  folder: string,
  tag: string,
  { rewrite = true, serial = false }: SessionOptions = {},
): LoadedGraph {
  const config = (rewrite ? "" : AS_WRITTEN) +
    (serial && !backend.isUsingGpuDevice ? SERIAL : "");
  const load = () => binding.loadSavedModel(folder, tag);
  const id = config === "" ? load() : withConfig(config, load);
  return {
    run: (inputs, inputNames, outputNames) =>
      backend.runSavedModel(id, inputs, inputNames, outputNames),
    close: () => binding.deleteSavedModel(id),
  };
}

/** Calls a function that opens a session; its options do not outlive the call. */
function withConfig<Result>(config: string, load: () => Result): Result {
  Deno.env.set(CONFIG_VARIABLE, config);
  try {
    return load();
  } finally {
    Deno.env.delete(CONFIG_VARIABLE);
  }
}

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

/** Whether oneDNN computes, whose operations have names of their own. */
export const usesOneDnn = replaceKernels({
  tf,
  rawOp,
  gpu: backend.isUsingGpuDevice,
});
