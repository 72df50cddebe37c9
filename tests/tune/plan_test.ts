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

Deno.test("planTune() has each run once, those who teach ahead of the taught", async () => {
  const { runs, points } = await planTune([
    [smoothed(0.1)],
    [taught(1)],
    [taught(2)],
  ]);
  const id = await runId(TINY);
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
    runs: [{ seed: 1, id: await runId(taught(2)) }],
  });
});

Deno.test("a candidate that teaches others is one run, wherever it stands", async () => {
  for (const points of [[[TINY], [TAUGHT]], [[TAUGHT], [TINY]]]) {
    const { runs } = await planTune(points);
    assert.deepEqual(
      runs.map(({ spec, candidate }) => [spec, candidate]),
      [[TINY, true], [TAUGHT, true]],
    );
  }
});

Deno.test("planTune() goes up to the teachers of teachers", async () => {
  const third: RunSpec = {
    ...TAUGHT,
    teacher: { ensemble: TAUGHT, members: 2 },
  };
  const { runs } = await planTune([[third]]);
  assert.deepEqual(runs.map(({ taughtBy }) => taughtBy.length), [0, 1, 1, 2]);
});

Deno.test("tuneId() is readable, and of the runs alone", async () => {
  const one = await planTune([[smoothed(0.1)], [TAUGHT]]);
  const turned = await planTune([[TAUGHT], [smoothed(0.1)]]);
  const other = await planTune([[smoothed(0.2)], [TAUGHT]]);
  assert.match(await tuneId(one), /^excerpt-lenet-ls-ils-[0-9a-f]{10}$/);
  assert.equal(
    (await tuneId(turned)).slice(-10),
    (await tuneId(one)).slice(-10),
  );
  assert.notEqual(await tuneId(other), await tuneId(one));
});
