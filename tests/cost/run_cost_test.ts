import assert from "node:assert/strict";
import { PAPER_PROFILES } from "../../lib/study/paper_profiles.ts";
import { teacherSpec } from "../../lib/study/profile_runs.ts";
import { runBytes } from "../../lib/cost/run_bytes.ts";
import { noiseMeasure } from "../../lib/cost/measure_noise.ts";
import { runCost } from "../../lib/cost/run_cost.ts";
import type { RunSpec } from "../../lib/runs/spec.ts";
import { profileNamed } from "../../lib/study/profiles.ts";

const SPEC = teacherSpec(PAPER_PROFILES[0], "ce", 1);

Deno.test("runCost() counts three passes per training image and one per validation image", async () => {
  // 50,000 images of CIFAR-10: 40,000 to train on, 10,000 for validation.
  const cost = runCost({
    rows: { ...await noiseMeasure().sizes(SPEC), held: 0 },
    network: {
      ...{ parameters: 90, weights: 100, multiplyAdds: 7 },
      ...{ batch: 1000, stepBytes: 5e8 },
    },
    epochs: SPEC.training.epochs,
    speed: { kind: "steps", imagesPerSecond: 1000 },
  });
  assert.equal(cost.images, 40_000);
  assert.equal(cost.multiplyAdds, 100 * 130_000 * 7);
  assert.equal(cost.seconds, 100 * 130_000 / 3000);
  assert.equal(cost.bytes, 4 * 100 + 60_000 * 48);
});

Deno.test("runBytes() adds up weights and rows of logits, labels and indices", () => {
  const rows = { train: 3, validation: 2, test: 4, held: 1, classes: 5 };
  assert.equal(runBytes(rows, 6), 4 * 6 + 10 * (20 + 4 + 4));
});

Deno.test("noiseMeasure() measures each network and data set once", async () => {
  const tiny = teacherSpec(profileNamed("smoke"), "ce", 1);
  const larger = { ...tiny.training, batchSize: 40 };
  const specs: RunSpec[] = [
    tiny,
    { ...tiny, seed: 2 },
    { ...tiny, model: "shallownet" },
    { ...tiny, training: larger },
  ];
  const names: string[] = [];
  const measure = noiseMeasure({ onMeasure: (name) => names.push(name) });
  for (const spec of specs) {
    await measure.network(spec);
    await measure.speed(spec);
  }
  const expected = ["lenet on excerpt", "shallownet on excerpt"];
  assert.deepEqual(names, expected);
  assert.deepEqual([...measure.steps.keys()], expected);
});
