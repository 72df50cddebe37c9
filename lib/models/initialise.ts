import { tf } from "../engine/engine.ts";
import type { Random } from "../random.ts";

/**
 * Initialises a model's kernels by He's rule: normal with variance `2 / fan_in`,
 * or `1 / fan_in` for the last layer, whose logits no ReLU follows (He et al.
 * 2015, equation 10). All other weights keep their zeros and ones.
 *
 * @param model numbers are drawn in the order of its layers
 * @param random stream of the initial weights; null draws nothing
 */
export function initialise(
  model: tf.LayersModel,
  random: Random | null,
): void {
  if (random === null) return;
  const logits = model.layers[model.layers.length - 1];
  for (const layer of model.layers) {
    const [kernel, ...rest] = layer.getWeights();
    if (kernel === undefined || kernel.rank < 2) continue;
    const fanIn = kernel.shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const deviation = Math.sqrt((layer === logits ? 1 : 2) / fanIn);
    // A plain loop: `Float32Array.from` takes several times as long.
    const values = new Float32Array(kernel.size);
    for (let i = 0; i < values.length; i++) {
      values[i] = deviation * random.normal();
    }
    tf.tidy(() => {
      layer.setWeights([tf.tensor(values, kernel.shape), ...rest]);
    });
  }
}
