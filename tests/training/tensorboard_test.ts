import assert from "node:assert/strict";
import { join } from "node:path";
import { tf } from "../../lib/engine/engine.ts";
import type { EpochRecord } from "../../lib/training/history.ts";
import { TensorboardLog } from "../../lib/training/tensorboard.ts";
import { readScalars } from "./events.ts";

const HISTORY: readonly EpochRecord[] = [1, 2, 3].map((epoch) => ({
  epoch,
  learningRate: 0.1 / epoch,
  trainLoss: 2 / epoch,
  validationLoss: 2.5 / epoch,
  validationAccuracy: 0.5 + epoch / 10,
  seconds: 1.5 * epoch,
  imagesPerSecond: 1e5 / 3,
}));
const [FIRST, SECOND, THIRD] = HISTORY;

/** The scalars that a use of logs in one folder writes. */
async function written(use: (folder: string) => void) {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "tb", "run");
    use(path);
    return readScalars(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What TensorBoard shows of an epoch; it stores numbers as float32. */
function scalarsOf({ epoch: step, ...record }: EpochRecord) {
  const numbers = {
    "loss/train": record.trainLoss,
    "loss/validation": record.validationLoss,
    "accuracy/validation": record.validationAccuracy,
    "learning rate": record.learningRate,
    "seconds": record.seconds,
    "images per second": record.imagesPerSecond,
  };
  return Object.entries(numbers)
    .map(([tag, value]) => ({ tag, step, value: Math.fround(value) }));
}

const ALL = HISTORY.flatMap(scalarsOf);

Deno.test("TensorboardLog writes each epoch once, while training and at the end", async () => {
  const live = await written((folder) => {
    const log = new TensorboardLog(folder);
    for (const record of HISTORY) log.epoch(record);
    log.finish(HISTORY);
  });
  assert.deepEqual(live, ALL);
  const finished = await written((folder) =>
    new TensorboardLog(folder).finish(HISTORY)
  );
  assert.deepEqual(finished, ALL);
});

Deno.test("TensorboardLog of a resumed training adds to its folder", async () => {
  const both = await written((folder) => {
    new TensorboardLog(folder).epoch(FIRST);
    const resumed = new TensorboardLog(folder);
    for (const record of [SECOND, THIRD]) resumed.epoch(record);
    resumed.finish(HISTORY);
  });
  assert.deepEqual(both, ALL);
});

Deno.test("TensorboardLog of a resumed training without its first part writes all at the end", async () => {
  const all = await written((folder) => {
    const log = new TensorboardLog(folder);
    for (const record of [SECOND, THIRD]) log.epoch(record);
    log.finish(HISTORY);
  });
  assert.deepEqual(all, ALL);
});

Deno.test("TensorboardLog keeps one tensor, its writer's", async () => {
  const before = tf.memory().numTensors;
  await written((folder) => new TensorboardLog(folder).finish(HISTORY));
  assert.equal(tf.memory().numTensors - before, 1);
});
