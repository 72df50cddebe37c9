import { tf } from "../../lib/engine.ts";
import { buildModel } from "../../lib/models/build.ts";
import type { ModelName } from "../../lib/models/model_name.ts";
import { stream } from "../../lib/random.ts";
import { crossEntropyLoss } from "../../lib/training/cross_entropy.ts";
import { sgd } from "../../lib/training/optimizer.ts";
import { trainStep } from "../../lib/training/train_step.ts";

const CLASSES = 10;

/** A network on one batch of noise; each call is a step of training. */
export function openLearner(
  network: ModelName,
  { batch, shape }: {
    readonly batch: number;
    readonly shape: readonly [number, number, number];
  },
): () => void {
  const [height, width, channels] = shape;
  const random = stream(1, "bench");
  const size = { height, width, channels, classes: CLASSES };
  const model = buildModel(network, { ...size, random });
  const variables = model.trainableWeights
    .map((weight) => weight.read() as tf.Variable);
  const optimizer = sgd(variables, { momentum: 0.9, weightDecay: 1e-4 });
  const rows = tf.range(0, batch, 1, "int32");
  const labels = tf.mod(rows, CLASSES).toInt() as tf.Tensor1D;
  const loss = crossEntropyLoss(
    tf.oneHot(labels, CLASSES).toFloat() as tf.Tensor2D,
  );
  const images = tf.tensor4d(
    Float32Array.from(
      { length: batch * height * width * channels },
      () => random.uniform(),
    ),
    [batch, height, width, channels],
  );
  const learner = { model, variables, optimizer, loss };
  return () => trainStep(learner, { images, rows, learningRate: 0.01 });
}
