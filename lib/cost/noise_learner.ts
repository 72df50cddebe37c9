import { normalisedImages } from "../data/device_images.ts";
import { tf } from "../engine/engine.ts";
import { Program } from "../engine/program.ts";
import type { NetworkOptions } from "../models/network.ts";
import { stream } from "../random.ts";
import { crossEntropyLoss } from "../training/cross_entropy.ts";
import { sgd } from "../training/optimizer.ts";
import { TrainStep } from "../training/train_step.ts";

/** A network and the one batch that it is trained on. */
export interface NoiseLearner {
  /** Takes a step of SGD with momentum and returns the loss before it. */
  step(): number;
  /** Disposes everything except the network. */
  dispose(): void;
}

/**
 * Prepares training on one batch of noise, to measure the time or memory of a
 * step without a data set.
 *
 * @param batch images, at least 1
 */
export function noiseLearner(
  model: tf.LayersModel,
  batch: number,
  { height, width, channels, classes }: Omit<NetworkOptions, "random">,
): NoiseLearner {
  const { normal } = stream(1, "noise");
  const images = normalisedImages(tf.tensor4d(
    Float32Array.from({ length: batch * height * width * channels }, normal),
    [batch, height, width, channels],
  ));
  const targets = tf.tidy(() =>
    tf.oneHot(
      tf.range(0, batch, 1, "int32").mod(classes).toInt() as tf.Tensor1D,
      classes,
    ).toFloat()
  ) as tf.Tensor2D;
  const rows = Int32Array.from({ length: batch }, (_, i) => i);
  const step = new TrainStep({
    model,
    images,
    loss: crossEntropyLoss(targets),
    optimizer: (weights) => sgd(weights, { momentum: 0.9, weightDecay: 1e-4 }),
  });
  const program = new Program(step.tensors);
  const run = program.define((inputs) => step.run(inputs));
  let steps = 0;
  const choice = { rows, learningRate: 0.01, seed: 1, augmentation: undefined };
  return {
    step: () =>
      tf.tidy(() => {
        const inputs = step.inputs({ ...choice, steps: steps++ });
        return run(inputs).dataSync()[0];
      }),
    dispose: () => {
      program.dispose();
      step.dispose();
      images.dispose();
      targets.dispose();
    },
  };
}
