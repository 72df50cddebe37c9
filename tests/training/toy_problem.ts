import { deviceImages } from "../../lib/data/device_images.ts";
import { tf } from "../../lib/engine/engine.ts";
import { initialise } from "../../lib/models/initialise.ts";
import { mlp } from "../../lib/models/mlp.ts";
import { chain, dense, imageInput } from "../../lib/models/network.ts";
import { residualNetwork } from "../../lib/models/resnet.ts";
import { SeededDropout } from "../../lib/models/seeded_dropout.ts";
import { shallownet } from "../../lib/models/shallownet.ts";
import { stream } from "../../lib/random.ts";
import { crossEntropyLoss } from "../../lib/training/cross_entropy.ts";
import type { FitData, FitOptions } from "../../lib/training/fit_options.ts";
import { sgd } from "../../lib/training/optimizer.ts";

const SIDE = 8;
const CLASSES = 3;

/** Images, labels and one-hot targets; the caller disposes them. */
export interface ToyProblem {
  readonly data: FitData;
  readonly labels: Int32Array;
  readonly targets: tf.Tensor2D;
  dispose(): void;
}

/**
 * Noisy images with a bright stripe whose columns depend on the label; with `noise`
 * there is no stripe, so that a network can only memorise.
 */
export function toyProblem(
  { samples = 40, noise = false }: { samples?: number; noise?: boolean } = {},
): ToyProblem {
  const train = draw("train", samples, noise);
  const validation = draw("validation", samples, noise);
  const targets = tf.tidy(() =>
    tf.oneHot(tf.tensor1d(train.labels, "int32"), CLASSES).toFloat()
  ) as tf.Tensor2D;
  return {
    data: {
      train: train.images,
      validation: validation.images,
      validationLabels: validation.labels,
    },
    labels: train.labels,
    targets,
    dispose: () => {
      train.images.dispose();
      validation.images.dispose();
      targets.dispose();
    },
  };
}

function draw(name: string, samples: number, noise: boolean) {
  const random = stream(1, `toy/${name}`);
  const images = new Uint8Array(samples * SIDE * SIDE);
  const labels = Int32Array.from(
    { length: samples },
    () => random.integer(CLASSES),
  );
  for (let at = 0; at < images.length; at++) {
    const label = labels[Math.floor(at / SIDE ** 2)];
    const stripe = Math.floor((at % SIDE) / 3) === label && !noise;
    images[at] = (stripe ? 100 : 0) + random.integer(100);
  }
  const size = { height: SIDE, width: SIDE, channels: 1 };
  const statistics = { mean: [0.3], std: [0.2] };
  return { images: deviceImages({ images, ...size, ...statistics }), labels };
}

const NETWORK = {
  height: SIDE,
  width: SIDE,
  channels: 1,
  classes: CLASSES,
};

/** A perceptron with 16 hidden units. */
export function toyModel(seed = 1): tf.LayersModel {
  return mlp({ ...NETWORK, hidden: [16], random: stream(seed, "init") });
}

/** Dropout and a dense layer over the pixels. */
export function toyDropout(): tf.LayersModel {
  const inputs = imageInput({ ...NETWORK, random: stream(1, "init") });
  const outputs = chain(
    inputs,
    tf.layers.flatten(),
    new SeededDropout({ name: "dropout", rate: 0.5 }),
    dense("logits", CLASSES),
  );
  const model = tf.model({ inputs, outputs });
  initialise(model, stream(1, "init"));
  return model;
}

/** A network with batch normalisation and dropout. */
export function toyShallownet(seed = 1): tf.LayersModel {
  return shallownet({ ...NETWORK, random: stream(seed, "init") });
}

/** A residual network that drops blocks at random, the last one in half the steps. */
export function toyStochastic(seed = 1): tf.LayersModel {
  return residualNetwork("stochastic", {
    block: "basic",
    // TensorFlow sums the gradient of a projection of 4 in no fixed order.
    stem: 8,
    stages: [{ filters: 8, blocks: 2 }, { filters: 16, blocks: 2 }],
    lastSurvival: 0.5,
  }, { ...NETWORK, random: stream(seed, "init") });
}

/** Three epochs of three steps, the last of them half a batch. */
export function toyOptions(
  { targets }: ToyProblem,
  changes: Partial<FitOptions> = {},
): FitOptions {
  return {
    loss: crossEntropyLoss(targets),
    optimizer: (weights) => sgd(weights, { momentum: 0.9, weightDecay: 1e-4 }),
    schedule: { learningRate: 0.02, milestones: [0.67], gamma: 0.1 },
    epochs: 3,
    batchSize: 16,
    seed: 1,
    ...changes,
  };
}
