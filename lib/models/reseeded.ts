import type { tf } from "../engine/engine.ts";

/**
 * A layer with a random choice in training that depends on its seed only. The
 * training loop reseeds it before each step.
 */
export interface Reseeded {
  readonly name: string;
  /** Name of its random stream, such as `dropout`. */
  readonly stream: string;
  /** Sets the seed: any two 32-bit numbers. */
  reseed(key: number, step: number): void;
}

/** The layers of a model that need a seed before each training step. */
export function reseededLayers(model: tf.LayersModel): Reseeded[] {
  return model.layers.filter((layer) =>
    "reseed" in layer
  ) as unknown as Reseeded[];
}
