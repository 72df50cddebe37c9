/** Runs with several teachers, from training to targets. */
import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { ensureRun } from "../../lib/runs/ensure.ts";
import {
  runId,
  type RunSpec,
  runTeacher,
  type TeacherSpec,
} from "../../lib/runs/spec.ts";
import { openRun } from "../../lib/runs/open.ts";
import {
  readRunIndices,
  readRunLabels,
  readRunLogits,
  type StoredRun,
} from "../../lib/runs/store.ts";
import { teacherRuns } from "../../lib/runs/teacher_runs.ts";
import { recordBegun } from "./begun.ts";
import { TAUGHT, TINY } from "./specs.ts";

const root = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => {
  Deno.removeSync(root, { recursive: true });
});

async function ensured(
  spec: RunSpec,
): Promise<{ run: StoredRun; trained: string[] }> {
  const { begun: trained, progress } = recordBegun();
  return { run: await ensureRun(spec, { root, progress }), trained };
}

const MEMBER: RunSpec = { ...TINY, model: "mlp" };
const taughtBy = (teacher: RunSpec["teacher"]): RunSpec => ({
  ...TAUGHT,
  model: "mlp",
  teacher,
});
const BY_TWO = taughtBy({ kind: "ensemble", ensemble: MEMBER, members: 2 });
const BY_FOLDS = taughtBy({
  kind: "cross-fitted",
  crossFitted: MEMBER,
  folds: 3,
  repeats: 1,
});

Deno.test("an ensemble's networks are trained once and reused by other runs", async () => {
  const { trained } = await ensured(BY_TWO);
  const members = teacherRuns(BY_TWO.teacher).map(runId);
  assert.deepEqual(trained, [
    ...members,
    runId(BY_TWO),
  ]);
  const three = taughtBy({ kind: "ensemble", ensemble: MEMBER, members: 3 });
  const more = await ensured(three);
  assert.equal(more.trained.length, 2);
  assert.deepEqual((await ensured(BY_TWO)).trained, []);
});

Deno.test("the held-out folds contain each training sample once", async () => {
  const { run, trained } = await ensured(BY_FOLDS);
  assert.equal(trained.length, 4);
  const own = await readRunIndices(run, "train");
  const validation = await readRunIndices(run, "val");
  const held: number[] = [];
  for (const id of teacherRuns(BY_FOLDS.teacher).map(runId)) {
    const member = (await openRun(`${root}/${id}`))!;
    const kept = await readRunIndices(member, "train");
    const fold = await readRunIndices(member, "held");
    assert.deepEqual([kept.length, fold.length], [40, 20]);
    assert.equal(member.record.trainImages, 40);
    assert.deepEqual([...kept, ...fold].sort((a, b) => a - b), [...own]);
    assert.deepEqual(await readRunIndices(member, "val"), validation);
    assert.equal((await readRunLogits(member, "held")).rows, 20);
    assert.equal((await readRunLabels(member, "held")).length, 20);
    held.push(...fold);
  }
  assert.deepEqual(held.sort((a, b) => a - b), [...own]);
});

Deno.test("another teacher gives another run with other logits", async () => {
  const runs = [];
  for (const spec of [taughtBy(runTeacher(MEMBER)), BY_TWO, BY_FOLDS]) {
    runs.push((await ensured(spec)).run);
  }
  const logits = await Promise.all(
    runs.map((run) => readRunLogits(run, "test")),
  );
  assert.equal(new Set(logits.map(({ data }) => data.join())).size, 3);
});

Deno.test("ensureRun() with several teachers leaks no tensors", async () => {
  const before = tf.memory().numTensors;
  await ensured(
    taughtBy({
      kind: "cross-fitted",
      crossFitted: MEMBER,
      folds: 2,
      repeats: 1,
    }),
  );
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("more folds than training samples are refused, and nothing is written", async () => {
  const folds: TeacherSpec = {
    kind: "cross-fitted",
    crossFitted: MEMBER,
    folds: 61,
    repeats: 1,
  };
  const before = [...Deno.readDirSync(root)].length;
  await assert.rejects(
    ensured(taughtBy(folds)),
    /^BadInput: Cannot cut 60 training samples into 61 folds$/,
  );
  assert.equal([...Deno.readDirSync(root)].length, before);
});
