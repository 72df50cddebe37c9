import { tf } from "../engine.ts";
import type { Random } from "../random.ts";

/**
 * Draws a model's kernels by He's rule: normal with variance `2 / fan_in`
 * where a ReLU follows, `1 / fan_in` for the last layer, which gives logits
 * (He et al. 2015, equation 10). All other weights keep their zeros and ones.
 *
 * @param model layers in the order in which the numbers are drawn
 * @param random the run's own stream for initial weights
 */
export function initialise(model: tf.LayersModel, random: Random): void {
  const logits = model.layers[model.layers.length - 1];
  for (const layer of model.layers) {
    const [kernel, ...rest] = layer.getWeights();
    if (kernel === undefined || kernel.rank < 2) continue;
    const fanIn = kernel.shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const deviation = Math.sqrt((layer === logits ? 1 : 2) / fanIn);
    const values = Float32Array.from(
      { length: kernel.size },
      () => deviation * random.normal(),
    );
    tf.tidy(() => {
      layer.setWeights([tf.tensor(values, kernel.shape), ...rest]);
    });
  }
}
