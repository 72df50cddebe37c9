import assert from "node:assert/strict";
import { candidates } from "../../../lib/experiments/synthetic/candidates.ts";
import { gridOf } from "../../../lib/experiments/synthetic/grids.ts";
import {
  EXPERIMENTS,
  syntheticSpec,
} from "../../../lib/experiments/synthetic/synthetic_spec.ts";

Deno.test("gridOf() holds what an experiment trains, and nothing else", () => {
  const training = {
    learningRate: 0.01,
    epochs: 500,
    patience: 10,
    hiddenUnits: 64,
  };
  for (const experiment of EXPERIMENTS) {
    assert.deepEqual(gridOf(syntheticSpec({ experiment })).training, training);
  }
  const some = syntheticSpec({ methods: ["bayes", "ls", "student-of-ce"] });
  assert.deepEqual(gridOf(some), {
    training,
    candidates: { ls: candidates("ls") },
  });
});
