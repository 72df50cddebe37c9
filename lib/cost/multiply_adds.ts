import type { tf } from "../engine/engine.ts";

/**
 * Multiplications, each with its addition, of one forward pass of one sample:
 * of convolutions `height width out · kernelHeight kernelWidth in`, of dense
 * layers `in out`. All else (normalisation, ReLU, pooling, biases) is not
 * countRuns, as is usual.
 */
export function multiplyAdds(model: tf.LayersModel): number {
  return model.layers.reduce((sum, layer) => sum + ofLayer(layer), 0);
}

function ofLayer(layer: tf.layers.Layer): number {
  const kernel = layer.trainableWeights[0]?.shape as number[] | undefined;
  if (kernel === undefined || kernel.length < 2) return 0;
  // A kernel is used once at each place of the output; a row has one place.
  const places = (layer.outputShape as number[]).slice(1, -1);
  return [...places, ...kernel].reduce((a, b) => a * b, 1);
}
