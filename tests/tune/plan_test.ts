import assert from "node:assert/strict";
import { runId, type RunSpec } from "../../lib/runs/spec.ts";
import { planTune, tuneId } from "../../lib/tune/plan.ts";
import { TAUGHT, TINY } from "../runs/specs.ts";
import { smoothed } from "./samples.ts";

function taught(temperature: number): RunSpec {
  const method = {
    name: "ils",
    epsilon: 0.1,
    temperature,
    scores: "probabilities",
  } as const;
  return { ...TAUGHT, objective: { kind: "targets", method } };
}

Deno.test("planTune() has each run once, teachers before students", () => {
  const { runs, points } = planTune([
    [smoothed(0.1)],
    [taught(1)],
    [taught(2)],
  ]);
  const id = runId(TINY);
  assert.deepEqual(
    runs.map(({ spec, candidate, taughtBy }) => [spec, candidate, taughtBy]),
    [
      [smoothed(0.1), true, []],
      [TINY, false, []],
      [taught(1), true, [id]],
      [taught(2), true, [id]],
    ],
  );
  assert.deepEqual(points[2], {
    method: "ils",
    numbers: { epsilon: 0.1, temperature: 2, scores: "probabilities" },
    runs: [{ seed: 1, id: runId(taught(2)) }],
  });
});

Deno.test("a candidate that teaches others is one run, in any order of points", () => {
  for (const points of [[[TINY], [TAUGHT]], [[TAUGHT], [TINY]]]) {
    const { runs } = planTune(points);
    assert.deepEqual(
      runs.map(({ spec, candidate }) => [spec, candidate]),
      [[TINY, true], [TAUGHT, true]],
    );
  }
});

Deno.test("planTune() includes the teachers of teachers", () => {
  const third: RunSpec = {
    ...TAUGHT,
    teacher: { kind: "ensemble", ensemble: TAUGHT, members: 2 },
  };
  const { runs } = planTune([[third]]);
  assert.deepEqual(runs.map(({ taughtBy }) => taughtBy.length), [0, 1, 1, 2]);
});

Deno.test("tuneId() is readable and depends only on the runs", () => {
  const one = planTune([[smoothed(0.1)], [TAUGHT]]);
  const turned = planTune([[TAUGHT], [smoothed(0.1)]]);
  const other = planTune([[smoothed(0.2)], [TAUGHT]]);
  assert.match(tuneId(one), /^excerpt-lenet-ls-ils-[0-9a-f]{10}$/);
  assert.equal(
    tuneId(turned).slice(-10),
    tuneId(one).slice(-10),
  );
  assert.notEqual(tuneId(other), tuneId(one));
});
