import { buildModel } from "../../lib/models/build.ts";
import type { ModelName } from "../../lib/models/model_name.ts";
import { stream } from "../../lib/random.ts";
import { noiseLearner } from "../../lib/cost/noise_learner.ts";

const CLASSES = 10;

/** Returns a function that takes one training step on a batch of noise. */
export function openLearner(
  network: ModelName,
  { batch, shape }: {
    readonly batch: number;
    readonly shape: readonly [number, number, number];
  },
): () => void {
  const [height, width, channels] = shape;
  const size = { height, width, channels, classes: CLASSES };
  const model = buildModel(network, { ...size, random: stream(1, "bench") });
  return noiseLearner(model, batch, size).step;
}
