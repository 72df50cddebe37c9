import { tf } from "../../lib/engine/engine.ts";
import { decodeSafeTensors } from "../../lib/files/safetensors.ts";

const name = "torch_reference.safetensors";
const path = new URL(`../fixtures/${name}`, import.meta.url);
const { arrays } = decodeSafeTensors(Deno.readFileSync(path), name);

/** Numbers of PyTorch's, such as `reference("sgd/path")`; see the script. */
export function reference(name: string): Float32Array {
  return arrays[name].data;
}

/** The same as a tensor, which the caller disposes. */
export function referenceTensor(name: string): tf.Tensor {
  const { data, shape } = arrays[name];
  return tf.tensor(data, [...shape]);
}

/** Every how manyth weight of a network the file has. */
export const SAMPLED = 53;

/** Even numbers in [-scale, scale), the same as `draw` of the script. */
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
