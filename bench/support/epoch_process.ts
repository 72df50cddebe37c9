/** Times epochs of `fit()` on random bytes: our counterpart of `epochs_peer.py`. */
import { deviceImages } from "../../lib/data/device_images.ts";
import { buildModel } from "../../lib/models/build.ts";
import { countTrainable } from "../../lib/models/layer_records.ts";
import { stream } from "../../lib/random.ts";
import { buildTargets } from "../../lib/smoothing/targets.ts";
import { fit } from "../../lib/training/fit.ts";
import type { FitData, FitOptions } from "../../lib/training/fit_options.ts";
import { sgd } from "../../lib/training/optimizer.ts";
import { targetLoss } from "../../lib/training/target_loss.ts";
import { measureOutside } from "./graph_time.ts";
import { serve } from "./serve.ts";
import { EPOCH_TASK, type EpochTask } from "./tasks.ts";

const CLASSES = 10;
const METHOD = { name: "ls", epsilon: 0.1 } as const;

/** Validation is not timed. */
const VALIDATION_IMAGES = 100;

type Training = ReturnType<typeof openTraining>;
const trainings = new Map<string, Training>();

await serve(EPOCH_TASK, async ({ epochs, ...task }) => {
  const key = JSON.stringify(task);
  const training = trainings.get(key) ?? openTraining(task);
  trainings.set(key, training);
  const { model, data, options } = training;
  let outside: number | null = null;
  const context = measureOutside(task.images, (share) => outside = share);
  // Each call of `fit()` records its steps and opens a session in the first epoch.
  const history = epochs === 0
    ? []
    : await fit(model, data, { ...options, epochs: 1 + epochs }, context);
  return {
    parameters: countTrainable(model),
    rate: history.at(-1)?.imagesPerSecond ?? null,
    outside,
  };
});

function openTraining(task: Omit<EpochTask, "epochs">) {
  const { network, batch, shape: [height, width, channels] } = task;
  const size = { height, width, channels, classes: CLASSES };
  const model = buildModel(network, { ...size, random: stream(1, "bench") });
  const labels = labelsOf(task.images);
  const targets = buildTargets(METHOD, { labels, classes: CLASSES });
  const data: FitData = {
    train: randomImages(task.images, task.shape),
    validation: randomImages(VALIDATION_IMAGES, task.shape),
    validationLabels: labelsOf(VALIDATION_IMAGES),
  };
  const options: Omit<FitOptions, "epochs"> = {
    loss: targetLoss(targets).loss,
    optimizer: (weights) => sgd(weights, { momentum: 0.9, weightDecay: 1e-4 }),
    schedule: { learningRate: 0.01, milestones: [], gamma: 1 },
    batchSize: batch,
    seed: 1,
    augment: task.augment,
  };
  return { model, data, options };
}

function labelsOf(images: number): Int32Array {
  return Int32Array.from({ length: images }, (_, i) => i % CLASSES);
}

function randomImages(count: number, shape: EpochTask["shape"]) {
  const [height, width, channels] = shape;
  const random = stream(count, "bench/images");
  const images = Uint8Array.from(
    { length: count * height * width * channels },
    () => random.integer(256),
  );
  const mean = new Array(channels).fill(0.5);
  const std = new Array(channels).fill(0.29);
  return deviceImages({ images, height, width, channels, mean, std });
}
