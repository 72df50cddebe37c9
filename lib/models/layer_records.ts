import type { tf } from "../engine/engine.ts";

/** One layer of a network, for a table. */
export interface LayerRecord {
  readonly layer: string;
  readonly kind: string;
  /** Shape of its output without the batch. */
  readonly output: string;
  /** Trainable weights. */
  readonly parameters: number;
}

/** The layers of a network in order. */
export function layerRecords(model: tf.LayersModel): LayerRecord[] {
  return model.layers.map((layer) => ({
    layer: layer.name,
    kind: layer.getClassName(),
    output: (layer.outputShape as number[]).slice(1).join(" × "),
    parameters: countTrainable(layer),
  }));
}

/** Trainable weights of a network or a layer. */
export function countTrainable(
  { trainableWeights }: Pick<tf.layers.Layer, "trainableWeights">,
): number {
  return trainableWeights.reduce(
    (sum, { shape }) => sum + shape.reduce<number>((n, d) => n * d!, 1),
    0,
  );
}
