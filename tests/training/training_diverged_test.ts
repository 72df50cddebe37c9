import assert from "node:assert/strict";
import { afterEpoch, afterStep, START } from "../../lib/training/position.ts";
import { TrainingDiverged } from "../../lib/training/training_diverged.ts";

const RECORD = {
  epoch: 1,
  learningRate: 0.1,
  trainLoss: 2,
  validationLoss: 1.23456,
  validationAccuracy: 0.5,
  seconds: 10,
  imagesPerSecond: 100,
};

Deno.test("TrainingDiverged reports the last finite losses of epoch and validation", () => {
  const second = afterEpoch(START, RECORD);
  // (10 * 0.5 + 30 * 0.7) / 40
  const first = afterStep(second, { loss: 0.5, samples: 10 }, 1);
  const position = afterStep(first, { loss: 0.7, samples: 30 }, 2);
  const failed = { what: "training", loss: NaN, step: 3, position } as const;
  assert.equal(
    new TrainingDiverged(failed).message,
    "Training stopped at epoch 2, step 3, as the training loss is NaN (mean " +
      "training loss of the epoch so far 0.6500, last validation loss 1.235); " +
      "a smaller learning rate may help",
  );
});

Deno.test("TrainingDiverged says if there are no finite losses yet", () => {
  const failed = {
    what: "training",
    loss: Infinity,
    step: 1,
    position: START,
  } as const;
  assert.equal(
    new TrainingDiverged(failed).message,
    "Training stopped at epoch 1, step 1, as the training loss is Infinity " +
      "(no step of the epoch succeeded, no epoch finished); a smaller " +
      "learning rate may help",
  );
});
