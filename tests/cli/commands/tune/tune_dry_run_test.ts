import assert from "node:assert/strict";
import { describePlanned } from "../../../../lib/cli/commands/tune/tune_dry_run.ts";
import { planTune } from "../../../../lib/tune/plan.ts";
import type { RunSpec } from "../../../../lib/runs/spec.ts";
import { by, STUDY } from "../../../runs/fake_runs.ts";

Deno.test("describePlanned() distinguishes the runs of a plan without their hashes", () => {
  const folds: RunSpec = {
    ...by("ils", STUDY, 0.2),
    teacher: { kind: "cross-fitted", crossFitted: STUDY, folds: 2, repeats: 1 },
  };
  const { runs } = planTune([[by("ils", STUDY)], [folds]]);
  assert.deepEqual(runs.map(describePlanned), [
    "ce seed 1, teacher",
    "ils epsilon 0.1 temperature 1 seed 1",
    "ce seed 1, teacher, fold 1 of 2",
    "ce seed 1, teacher, fold 2 of 2",
    "ils epsilon 0.2 temperature 1 seed 1",
  ]);
});
