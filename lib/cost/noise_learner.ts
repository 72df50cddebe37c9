import { tf } from "../engine/engine.ts";
import type { NetworkOptions } from "../models/network.ts";
import { stream } from "../random.ts";
import { crossEntropyLoss } from "../training/cross_entropy.ts";
import { sgd } from "../training/optimizer.ts";
import { trainStep } from "../training/train_step.ts";

/** A network and the one batch that it is trained on. */
export interface NoiseLearner {
  /** Takes a step of SGD with momentum. */
  step(): void;
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
  const images = tf.tensor4d(
    Float32Array.from({ length: batch * height * width * channels }, normal),
    [batch, height, width, channels],
  );
  const rows = tf.range(0, batch, 1, "int32");
  const targets = tf.tidy(() =>
    tf.oneHot(tf.mod(rows, classes).toInt() as tf.Tensor1D, classes).toFloat()
  ) as tf.Tensor2D;
  const variables = model.trainableWeights
    .map((weight) => weight.read() as tf.Variable);
  const optimizer = sgd(variables, { momentum: 0.9, weightDecay: 1e-4 });
  const loss = crossEntropyLoss(targets);
  const learner = { model, variables, optimizer, loss };
  return {
    step: () => {
      trainStep(learner, { images, rows, learningRate: 0.01 });
    },
    dispose: () => {
      optimizer.dispose();
      tf.dispose([images, rows, targets]);
    },
  };
}
