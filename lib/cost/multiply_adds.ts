import type { tf } from "../engine/engine.ts";

/**
 * Number of multiply-add operations in a forward pass of one sample:
 * `height width out · kernelHeight kernelWidth in` for a convolution, `in out`
 * for a dense layer. As is usual, nothing else (normalisation, ReLU, pooling,
 * biases) is counted.
 */
export function multiplyAdds(model: tf.LayersModel): number {
  return model.layers.reduce((sum, layer) => sum + ofLayer(layer), 0);
}

function ofLayer(layer: tf.layers.Layer): number {
  const kernel = layer.trainableWeights[0]?.shape as number[] | undefined;
  if (kernel === undefined || kernel.length < 2) return 0;
  // A kernel is applied at each position of the output; a dense layer has one.
  const positions = (layer.outputShape as number[]).slice(1, -1);
  return [...positions, ...kernel].reduce((a, b) => a * b, 1);
}
