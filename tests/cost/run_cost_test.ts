import assert from "node:assert/strict";
import { PAPER_PROFILES } from "../../lib/study/paper_profiles.ts";
import { teacherSpec } from "../../lib/study/profile_runs.ts";
import { runBytes } from "../../lib/cost/run_bytes.ts";
import { runCost, stepKeys } from "../../lib/cost/run_cost.ts";

const SPEC = teacherSpec(PAPER_PROFILES[0], "ce", { seed: 1 });

Deno.test("runCost() counts three passes a training image and one a validation image", () => {
  const cost = runCost(SPEC, {
    batchSize: 1000,
    seconds: 1,
    imagesPerSecond: 1000,
    parameters: 90,
    weights: 100,
    multiplyAdds: 7,
  });
  // 50,000 images of CIFAR-10: 40,000 to train on, 10,000 for validation.
  assert.equal(cost.images, 40_000);
  assert.equal(cost.multiplyAdds, 100 * 130_000 * 7);
  assert.equal(cost.seconds, 100 * 130_000 / 3000);
  assert.equal(cost.bytes, 4 * 100 + 60_000 * 48);
});

Deno.test("runBytes() adds up weights and rows of logits, labels and indices", () => {
  const rows = { train: 3, validation: 2, test: 4, held: 1, classes: 5 };
  assert.equal(runBytes(rows, 6), 4 * 6 + 10 * (20 + 4 + 4));
});

Deno.test("stepKeys() has each network and data set once", () => {
  const other = { ...SPEC, seed: 2 };
  const student = { ...SPEC, model: "shallownet" as const };
  assert.deepEqual(stepKeys([SPEC, other, student, SPEC]), [
    { model: "resnet18", dataset: "cifar10" },
    { model: "shallownet", dataset: "cifar10" },
  ]);
});
