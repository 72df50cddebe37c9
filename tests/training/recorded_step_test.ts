import assert from "node:assert/strict";
import { deviceImages } from "../../lib/data/device_images.ts";
import { tf } from "../../lib/engine/engine.ts";
import { asLogits } from "../../lib/matrix_kinds.ts";
import { denseNetwork } from "../../lib/models/densenet.ts";
import { inceptionNetwork } from "../../lib/models/inception_v4.ts";
import { lenet } from "../../lib/models/lenet.ts";
import { mlp } from "../../lib/models/mlp.ts";
import type { NetworkOptions } from "../../lib/models/network.ts";
import { residualNetwork, resnet8 } from "../../lib/models/resnet.ts";
import { shallownet } from "../../lib/models/shallownet.ts";
import { wideNetwork } from "../../lib/models/wide_resnet.ts";
import { stream } from "../../lib/random.ts";
import { crossEntropyLoss } from "../../lib/training/cross_entropy.ts";
import { fit } from "../../lib/training/fit.ts";
import type { FitOptions } from "../../lib/training/fit_options.ts";
import { LOSS_NAMES, parseLoss } from "../../lib/training/loss_spec.ts";
import { distillationLoss } from "../../lib/training/losses/distillation.ts";
import { openLoss } from "../../lib/training/open_loss.ts";
import { adam, sgd } from "../../lib/training/optimizer.ts";
import { weightsOf } from "../models/weights_of.ts";
import { environment } from "../environment.ts";

/** Three steps per epoch, the last one with 4 images. */
const [SAMPLES, BATCH, EPOCHS] = [20, 8, 4];
const SIZE = { height: 16, width: 16, channels: 3, classes: 4 };

const random = stream(1, "recorded step");
const pixels = new Uint8Array(2 * SAMPLES * 16 * 16 * 3)
  .map(() => random.integer(256));
const labels = Int32Array.from({ length: SAMPLES }, () => random.integer(4));
const noise = Float32Array.from({ length: 4 * SAMPLES }, random.normal);
const half = pixels.length / 2;
const statistics = { mean: [0.5, 0.5, 0.5], std: [0.3, 0.3, 0.3] };
const open = (images: Uint8Array) =>
  deviceImages({ images, ...SIZE, ...statistics });
const data = {
  train: open(pixels.subarray(0, half)),
  validation: open(pixels.subarray(half)),
  validationLabels: labels,
};
const targets = tf.tidy(() =>
  tf.softmax(tf.tensor2d(noise, [SAMPLES, 4]))
) as tf.Tensor2D;

type Builder = (options: NetworkOptions) => tf.LayersModel;

/** Each family of networks, with all kinds of its layers. */
const NETWORKS: Readonly<Record<string, Builder>> = {
  mlp,
  lenet,
  shallownet,
  resnet8,
  "residual network with bottlenecks and stochastic depth": (options) =>
    residualNetwork("net", {
      block: "bottleneck",
      stem: 16,
      stages: [{ filters: 16, blocks: 2 }, { filters: 16, blocks: 1 }],
      lastSurvival: 0.5,
    }, options),
  "densely connected network": (options) =>
    denseNetwork("net", { growth: 8, stem: 16, blocks: [2, 2] }, options),
  "wide residual network": (options) =>
    wideNetwork("net", { depth: 10, widen: 2 }, options),
  "Inception network": (options) =>
    inceptionNetwork(
      "net",
      { blocks: [1, 1, 1], width: 1 / 8, dropout: 0.2 },
      options,
    ),
};

/** Each objective and optimizer. */
const OBJECTIVES: Readonly<Record<string, () => Partial<FitOptions>>> = {
  "soft targets": () => ({}),
  Adam: () => ({ optimizer: (weights) => adam(weights) }),
  "Adam with weight decay": () => ({
    optimizer: (weights) => adam(weights, { weightDecay: 1e-2 }),
  }),
  distillation: () => {
    const teacher = asLogits({ data: noise, rows: SAMPLES, columns: 4 });
    const options = { alpha: 0.7, temperature: 3 };
    return { loss: distillationLoss(teacher, labels, options).loss };
  },
  ...Object.fromEntries(LOSS_NAMES.map((name) => [name, () => {
    const spec = parseLoss(name, {});
    return { loss: openLoss(spec, { labels, classes: 4, seed: 1 }).loss };
  }])),
};

for (const [name, build] of Object.entries(NETWORKS)) {
  Deno.test(`recorded steps of ${name} give the bits of eager steps`, async () => {
    await sameBits(build, {});
  });
}

for (const [name, changes] of Object.entries(OBJECTIVES)) {
  Deno.test(`recorded steps with ${name} give the bits of eager steps`, async () => {
    await sameBits(shallownet, changes());
  });
}

async function sameBits(
  build: Builder,
  changes: Partial<FitOptions>,
): Promise<void> {
  const eager = await train("eager", build, changes);
  assert.deepEqual(await train("graph", build, changes), eager);
  assert.ok(eager.history.every(({ trainLoss }) => Number.isFinite(trainLoss)));
}

/** Weights and history after twelve steps. */
async function train(
  engine: "graph" | "eager",
  build: Builder,
  changes: Partial<FitOptions>,
) {
  using _ = environment({ ILS_ENGINE: engine });
  const model = build({ ...SIZE, random: stream(1, "init") });
  try {
    const history = await fit(model, data, {
      loss: crossEntropyLoss(targets),
      optimizer: (weights) =>
        sgd(weights, { momentum: 0.9, weightDecay: 1e-3 }),
      schedule: { learningRate: 0.02, milestones: [0.5], gamma: 0.3 },
      epochs: EPOCHS,
      batchSize: BATCH,
      seed: 1,
      augment: true,
      ...changes,
    });
    const scores = history.map(({ trainLoss, validationLoss }) => ({
      trainLoss,
      validationLoss,
    }));
    return { weights: weightsOf(model), history: scores };
  } finally {
    model.dispose();
  }
}
