/** Watches the calls of TensorFlow.js to its native binding. */
import type { Attribute } from "./attributes.ts";
import { tf } from "./engine.ts";
import { StandIns } from "./stand_ins.ts";
import type { TensorInfo } from "./tensor_info.ts";

/** The values of a tensor in row-major order. */
export type Values = ArrayBufferView<ArrayBuffer>;

/** Receives the calls of a function. */
export interface CallWatcher {
  /** An operation has run. */
  operation(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: readonly TensorInfo[],
  ): void;
  /** A tensor was made from values that the function itself provided. */
  constant(tensor: TensorInfo, values: Values): void;
  /** The values of a tensor are about to be read. */
  read(): void;
}

interface Binding {
  executeOp(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorInfo[];
  createTensor(shape: readonly number[], dtype: number, data: Values): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): unknown;
}

interface Stored {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
  /** Set until an operation needs the tensor on the device. */
  readonly values: unknown;
}

interface Backend {
  binding: Binding;
  readonly isUsingGpuDevice: boolean;
  readonly tensorMap: { get(dataId: object): Stored };
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
  move(dataId: object, ...rest: unknown[]): void;
}

const backend = tf.backend() as unknown as Backend;

/** The binding's number, shape and type of a tensor on the device. */
export function tensorInfo(tensor: tf.Tensor): TensorInfo {
  const [id] = backend.getInputTensorIds([tensor]);
  const { shape, dtype } = backend.tensorMap.get(tensor.dataId);
  return { id, shape, dtype };
}

/**
 * Runs a synchronous function whose calls `watcher` receives. On a CPU, large results of
 * its operations have wrong values, to save memory.
 */
export function watchCalls<Result>(
  watcher: CallWatcher,
  body: () => Result,
): Result {
  const { binding, getInputTensorIds, move } = backend;
  const created = new WeakSet<object>();
  backend.binding = watchedBinding(binding, watcher);
  backend.move = (dataId, ...rest) => {
    created.add(dataId);
    move.call(backend, dataId, ...rest);
  };
  backend.getInputTensorIds = (tensors) => {
    // Values of older tensors go to the device unseen, so they stay unknown.
    const old = tensors.filter((tensor) =>
      !created.has(tensor.dataId) &&
      backend.tensorMap.get(tensor.dataId)?.values != null
    );
    if (old.length > 0) {
      const watched = backend.binding;
      backend.binding = binding;
      getInputTensorIds.call(backend, old);
      backend.binding = watched;
    }
    return getInputTensorIds.call(backend, tensors);
  };
  try {
    return body();
  } finally {
    Object.assign(backend, { binding, getInputTensorIds, move });
  }
}

function watchedBinding(binding: Binding, watcher: CallWatcher): Binding {
  // Its methods are properties of the object itself.
  const names = Object.getOwnPropertyNames(binding) as (keyof Binding)[];
  const copy = Object.fromEntries(names.map((name) => {
    const value = binding[name];
    const method = typeof value === "function";
    return [name, method ? (value as () => unknown).bind(binding) : value];
  })) as unknown as Binding;
  const standIns = backend.isUsingGpuDevice ? null : new StandIns(binding);
  return Object.assign(copy, {
    executeOp(...call: Parameters<Binding["executeOp"]>) {
      const results = binding.executeOp(...call);
      const outputs = standIns === null
        ? results
        : results.map((result) => standIns.replace(result));
      const [name, attributes, inputs] = call;
      watcher.operation(name, attributes, inputs, outputs);
      return outputs;
    },
    createTensor(shape: readonly number[], dtype: number, data: Values) {
      const id = binding.createTensor(shape, dtype, data);
      watcher.constant({ id, shape, dtype }, data);
      return id;
    },
    tensorDataSync(id: number) {
      watcher.read();
      return binding.tensorDataSync(id);
    },
  });
}
