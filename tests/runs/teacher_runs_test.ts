import assert from "node:assert/strict";
import { checkSpec } from "../../lib/runs/check_spec.ts";
import { runId, type RunSpec, runTeacher } from "../../lib/runs/spec.ts";
import { teacherRuns } from "../../lib/runs/teacher_runs.ts";
import { TAUGHT, TINY } from "./specs.ts";

Deno.test("teacherRuns() returns the run itself, or none for a file", () => {
  assert.deepEqual(teacherRuns(runTeacher(TINY)), [TINY]);
  assert.deepEqual(teacherRuns({ kind: "logits", logits: "ab" }), []);
  assert.deepEqual(teacherRuns(null), []);
});

Deno.test("an ensemble's runs differ only in seed, not in split or teacher", () => {
  const ensemble = { ...TAUGHT, seed: 4 };
  const [first, second, ...more] = teacherRuns({
    kind: "ensemble",
    ensemble,
    members: 3,
  });
  assert.deepEqual(first, ensemble);
  const data = { ...TINY.data, splitSeed: 4 };
  assert.deepEqual(second, { ...ensemble, data, seed: 5 });
  assert.deepEqual(more.map(({ seed }) => seed), [6]);
  const again = teacherRuns({ kind: "ensemble", ensemble: second, members: 2 });
  assert.deepEqual(again[1], more[0]);
});

Deno.test("cross-fitted runs hold out each fold once per repeat", () => {
  const runs = teacherRuns({
    kind: "cross-fitted",
    crossFitted: TINY,
    folds: 3,
    repeats: 2,
  });
  assert.deepEqual(
    runs.map(({ seed, data: { holdOut, splitSeed } }) => [
      ...[seed, splitSeed, holdOut!.seed, holdOut!.folds, holdOut!.fold],
    ]),
    [
      ...[[1, undefined, 1, 3, 0], [1, undefined, 1, 3, 1]],
      ...[[1, undefined, 1, 3, 2], [2, 1, 2, 3, 0]],
      ...[[2, 1, 2, 3, 1], [2, 1, 2, 3, 2]],
    ],
  );
});

Deno.test("the teachers of a fold's network hold out the same fold", async () => {
  const taughtTwice: RunSpec = {
    ...TAUGHT,
    teacher: { kind: "ensemble", ensemble: TAUGHT, members: 2 },
  };
  const runs = teacherRuns({
    kind: "cross-fitted",
    crossFitted: taughtTwice,
    folds: 2,
    repeats: 1,
  });
  runs.forEach(checkSpec);
  const held = new Set<string>();
  const visit = async (run: RunSpec, fold: number) => {
    assert.deepEqual(run.data.holdOut, { folds: 2, fold, seed: 1 });
    held.add(runId(run));
    for (const teacher of teacherRuns(run.teacher)) await visit(teacher, fold);
  };
  for (const [fold, run] of runs.entries()) await visit(run, fold);
  // For each fold the run, the two of its ensemble, and their common teacher.
  assert.equal(held.size, 8);
});
