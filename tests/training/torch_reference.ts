import { tf } from "../../lib/engine/engine.ts";
import { decodeSafeTensors } from "../../lib/files/safetensors.ts";

const name = "torch_reference.safetensors";
const path = new URL(`../fixtures/${name}`, import.meta.url);
const { arrays } = decodeSafeTensors(Deno.readFileSync(path), name);

/** PyTorch's numbers, such as `reference("sgd/path")`; see the script. */
export function reference(name: string): Float32Array {
  return arrays[name].data;
}

/** `reference()` as a tensor; the caller disposes it. */
export function referenceTensor(name: string): tf.Tensor {
  const { data, shape } = arrays[name];
  return tf.tensor(data, [...shape]);
}

/** The file contains every 53rd weight of a network. */
export const SAMPLED = 53;

/** Uniform numbers in [-scale, scale), the same as `draw` of the script. */
export function draw(
  seed: number,
  shape: readonly number[],
  scale: number,
): tf.Tensor {
  let state = seed >>> 0;
  const values = Float32Array.from(
    { length: shape.reduce((a, b) => a * b, 1) },
    () => {
      state = (Math.imul(1664525, state) + 1013904223) >>> 0;
      return (state / 2 ** 31 - 1) * scale;
    },
  );
  return tf.tensor(values, [...shape]);
}
