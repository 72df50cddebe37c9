import { tf } from "../../lib/engine/engine.ts";
import type { Matrix } from "../../lib/matrix.ts";

/** Applies a network's last layer, its matrix and bias, to features. */
export function logitsOfFeatures(
  model: tf.LayersModel,
  { data, rows, columns }: Matrix,
): Float32Array {
  return tf.tidy(() => {
    const [kernel, bias] = model.getLayer("logits").getWeights();
    const features = tf.tensor2d(data as Float32Array, [rows, columns]);
    return tf.add(tf.matMul(features, kernel), bias).dataSync<"float32">();
  });
}
