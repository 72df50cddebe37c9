import { FLOAT } from "./attributes.ts";
import type { TensorInfo } from "./tensor_info.ts";

/** Number of values from which a tensor gets a stand-in. */
const LARGE = 1 << 14;

/** TensorFlow copies memory that does not start at a multiple of this. */
const ALIGNMENT = 64;

const FLOAT_BYTES = 4;

/** The part of the binding that creates and frees tensors. */
interface TensorStore {
  createTensor(
    shape: readonly number[],
    dtype: number,
    data: Float32Array<ArrayBuffer>,
  ): number;
  deleteTensor(id: number): void;
}

/**
 * Replaces the large results of operations by tensors of the same shape that all share
 * one piece of memory, for a function of which only the operations matter. A training
 * step otherwise keeps every layer's output until its end.
 */
export class StandIns {
  #memory = new Float32Array();

  constructor(readonly tensors: TensorStore) {}

  /** A tensor of the same shape and type, with any values if it is large. */
  replace(tensor: TensorInfo): TensorInfo {
    const { id, shape, dtype } = tensor;
    const length = shape.reduce((a, b) => a * b, 1);
    if (dtype !== FLOAT || length < LARGE) return tensor;
    this.tensors.deleteTensor(id);
    const values = this.#values(length);
    return {
      id: this.tensors.createTensor(shape, dtype, values),
      shape,
      dtype,
    };
  }

  #values(length: number): Float32Array<ArrayBuffer> {
    if (this.#memory.length < length) this.#memory = aligned(2 * length);
    return this.#memory.subarray(0, length);
  }
}

function aligned(length: number): Float32Array<ArrayBuffer> {
  const bytes = new Uint8Array(length * FLOAT_BYTES + ALIGNMENT);
  const start = Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes));
  const offset = Number(-start & BigInt(ALIGNMENT - 1));
  return new Float32Array(bytes.buffer, offset, length);
}
