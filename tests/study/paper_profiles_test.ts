/**
 * Takes a training step of every kind of run in the paper's profiles, on noise.
 */
import assert from "node:assert/strict";
import { DATASET_SIZES } from "../../lib/data/named/known_datasets.ts";
import { distillationLoss } from "../../lib/training/losses/distillation.ts";
import { tf } from "../../lib/engine/engine.ts";
import { PAPER_PROFILES } from "../../lib/study/paper_profiles.ts";
import type { Profile } from "../../lib/study/profile.ts";
import {
  plansOf,
  planSpecs,
  studentSpec,
  teacherSpec,
} from "../../lib/study/profile_runs.ts";
import {
  hasPublishedSettings,
  hasPublishedStudentSettings,
} from "../../lib/study/published_settings.ts";
import type { RunSpec } from "../../lib/runs/spec.ts";
import { openOptimizer } from "../../lib/runs/train.ts";
import { normalisedImages } from "../../lib/data/device_images.ts";
import { asLogits, type Logits } from "../../lib/matrix_kinds.ts";
import { buildModel } from "../../lib/models/build.ts";
import { stream } from "../../lib/random.ts";
import { buildTargets } from "../../lib/smoothing/targets.ts";
import { crossEntropyLoss } from "../../lib/training/cross_entropy.ts";
import { TrainStep } from "../../lib/training/train_step.ts";

const BATCH = 2;

for (const profile of PAPER_PROFILES) {
  Deno.test(`${profile.name}: each network takes a step with each objective`, () => {
    const specs = planSpecs(plansOf(profile));
    for (const model of new Set(specs.map(({ model }) => model))) {
      const own = specs.filter((spec) => spec.model === model);
      const losses = stepEach(profile, model, objectivesOf(own));
      assert.equal(losses.length, new Set(objectivesOf(own).map(key)).size);
      assert(losses.every((loss) => Number.isFinite(loss) && loss > 0));
    }
  });
}

Deno.test("the paper's profiles have the published settings", () => {
  for (const profile of PAPER_PROFILES) {
    for (const { name } of profile.methods) {
      assert(
        hasPublishedSettings(teacherSpec(profile, name, 1)),
        name,
      );
    }
    for (const name of profile.student!.methods) {
      const how = { seed: 1, teacherScaled: true };
      assert(
        hasPublishedStudentSettings(studentSpec(profile, name, how)),
        name,
      );
    }
  }
});

/** Returns one spec per objective, ignoring seeds. */
function objectivesOf(specs: readonly RunSpec[]): RunSpec[] {
  return [...new Map(specs.map((spec) => [key(spec), spec])).values()];
}

function key({ objective, training }: RunSpec): string {
  return JSON.stringify([objective, training.optimizer]);
}

/**
 * Returns the losses of steps on noise with the data set's shape, one per spec.
 */
function stepEach(
  { data: { dataset } }: Profile,
  model: RunSpec["model"],
  specs: readonly RunSpec[],
): number[] {
  const { height, width, channels, classes } = DATASET_SIZES[dataset];
  const random = stream(1, "stand-in");
  const network = buildModel(model, {
    height,
    width,
    channels,
    classes,
    random,
  });
  const noise = (length: number) =>
    Float32Array.from({ length }, random.normal);
  const shape: [number, number, number, number] = [
    BATCH,
    height,
    width,
    channels,
  ];
  const images = normalisedImages(
    tf.tensor4d(noise(BATCH * height * width * channels), shape),
  );
  const rows = Int32Array.from({ length: BATCH }, (_, i) => i);
  const logits = asLogits({
    data: noise(BATCH * classes),
    rows: BATCH,
    columns: classes,
  });
  try {
    return specs.map(({ objective, training }) => {
      const { loss, dispose } = lossOf(objective, logits);
      const optimizer = openOptimizer(training);
      const step = new TrainStep({ model: network, images, loss, optimizer });
      const { learningRate } = training;
      const choice = { rows, learningRate, steps: 0, seed: 1 };
      const value = tf.tidy(() => {
        const inputs = step.inputs({ ...choice, augmentation: undefined });
        return step.run(inputs).dataSync()[0];
      });
      step.dispose();
      dispose();
      return value;
    });
  } finally {
    network.dispose();
    images.dispose();
  }
}

function lossOf(objective: RunSpec["objective"], logits: Logits) {
  const labels = Int32Array.from({ length: BATCH }, (_, i) => i);
  const classes = logits.columns;
  if (objective.kind === "distillation") {
    return distillationLoss(logits, labels, objective);
  }
  assert(objective.kind === "targets");
  const { data } = buildTargets(objective.method, {
    labels,
    classes,
    teacher: { logits },
  });
  const targets = tf.tensor2d(data, [BATCH, classes]);
  return {
    loss: crossEntropyLoss(targets),
    dispose: () => targets.dispose(),
  };
}
