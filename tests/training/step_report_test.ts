import assert from "node:assert/strict";
import { afterEpoch, afterStep, START } from "../../lib/training/position.ts";
import { stepReport } from "../../lib/training/step_report.ts";

Deno.test("stepReport() measures the epoch so far and estimates the time left", () => {
  const record = {
    epoch: 1,
    learningRate: 0.1,
    trainLoss: 2,
    validationLoss: 1,
    validationAccuracy: 0.5,
    seconds: 10,
    imagesPerSecond: 10,
  };
  const first = afterStep(
    afterEpoch(START, record),
    { loss: 1, samples: 30 },
    2,
  );
  const position = afterStep(first, { loss: 5, samples: 10 }, 5);
  assert.deepEqual(stepReport(position, { epochs: 4, steps: 4 }), {
    epoch: 2,
    epochs: 4,
    step: 2,
    steps: 4,
    // (30 * 1 + 10 * 5) / 40
    loss: 2,
    imagesPerSecond: 40 / 5,
    // 15 s for 1.5 of 4 epochs.
    secondsLeft: 25,
  });
});
