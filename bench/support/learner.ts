import { noiseLearner } from "../../lib/cost/noise_learner.ts";
import { buildModel } from "../../lib/models/build.ts";
import { countTrainable } from "../../lib/models/layer_records.ts";
import type { ModelName } from "../../lib/models/model_name.ts";
import { stream } from "../../lib/random.ts";

const CLASSES = 10;

/** A network with the one batch of noise that it is trained on. */
export interface Learner {
  /** Number of trainable weights. */
  readonly parameters: number;
  /** Takes a training step and waits for its loss. */
  step(): void;
}

/** Prepares training steps of SGD with Nesterov momentum and weight decay. */
export function openLearner(
  network: ModelName,
  { batch, shape }: {
    readonly batch: number;
    /** Height, width and channels. */
    readonly shape: readonly [number, number, number];
  },
): Learner {
  const [height, width, channels] = shape;
  const size = { height, width, channels, classes: CLASSES };
  const model = buildModel(network, { ...size, random: stream(1, "bench") });
  const { step } = noiseLearner(model, batch, size);
  return { parameters: countTrainable(model), step };
}
