import type { tf } from "../engine/engine.ts";

/**
 * A layer that does something at random in training, and the same again after
 * the same seed: the training loop reseeds it before each step.
 */
export interface Reseeded {
  readonly name: string;
  /** The kind of its random choice, which names its stream. */
  readonly stream: string;
  /** Any two 32-bit numbers. */
  reseed(key: number, step: number): void;
}

/** The layers of a model that want a seed before each step of training. */
export function reseededLayers(model: tf.LayersModel): Reseeded[] {
  return model.layers.filter((layer) =>
    "reseed" in layer
  ) as unknown as Reseeded[];
}
