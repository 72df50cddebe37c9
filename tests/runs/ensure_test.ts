import assert from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import { evaluateLogits } from "../../lib/calibration/evaluate.ts";
import { tf } from "../../lib/engine/engine.ts";
import { ensureRun } from "../../lib/runs/ensure.ts";
import { evaluateRun, readRunPart } from "../../lib/runs/evaluate.ts";
import { runId, type RunSpec, runTeacher } from "../../lib/runs/spec.ts";
import { findRun } from "../../lib/runs/open.ts";
import {
  readRunHistory,
  readRunIndices,
  type StoredRun,
} from "../../lib/runs/store.ts";
import { recordBegun } from "./begun.ts";
import { STUDENT, TAUGHT, TINY } from "./specs.ts";

/** Folder of this file's runs, so that a teacher is trained once. */
const root = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => {
  Deno.removeSync(root, { recursive: true });
});

/** Ensures a run; returns it and the ids of the runs trained for it. */
async function ensured(
  spec: RunSpec,
  options: { folder?: string } = {},
): Promise<{ run: StoredRun; trained: string[] }> {
  const { begun: trained, progress } = recordBegun();
  return {
    run: await ensureRun(spec, { root, progress, ...options }),
    trained,
  };
}

Deno.test("ensureRun() trains a run once and reads it afterwards", async () => {
  const id = runId(TINY);
  const first = await ensured(TINY);
  assert.deepEqual(first.trained, [id]);
  const second = await ensured(TINY);
  assert.deepEqual(second.trained, []);
  assert.deepEqual(second.run, first.run);
  assert.equal(first.run.folder, join(root, id));
});

Deno.test("a finished run has all its files and no checkpoint", async () => {
  const { run } = await ensured(TINY);
  const names = Array.from(Deno.readDirSync(run.folder), ({ name }) => name);
  const parts = ["train", "val", "test"];
  const arrays = ["logits", "labels", "indices"].flatMap((what) =>
    parts.map((part) => `${what}-${part}.npy`)
  );
  assert.deepEqual(
    names.sort(),
    [...arrays, "history.csv", "history.jsonl", "model", "run.json"].sort(),
  );
  assert.deepEqual(run.record.spec, TINY);
  const history = await readRunHistory(run);
  assert.equal(history.length, TINY.training.epochs);
  const csv = await Deno.readTextFile(join(run.folder, "history.csv"));
  const [keys, ...lines] = csv.trimEnd().split("\n").map((line) =>
    line.split(",")
  );
  assert.deepEqual(
    lines.map((line) =>
      Object.fromEntries(keys.map((key, i) => [key, Number(line[i])]))
    ),
    history,
  );
  const rows = await Promise.all(
    (["train", "val", "test"] as const).map((part) => readRunPart(run, part)),
  );
  assert.deepEqual(rows.map(({ logits }) => logits.rows), [60, 40, 200]);
  const used = [
    ...await readRunIndices(run, "train"),
    ...await readRunIndices(run, "val"),
  ];
  assert.equal(new Set(used).size, 100);
});

Deno.test("a run's record is computed from its stored logits", async () => {
  const { run } = await ensured(TINY);
  const { logits, labels } = await readRunPart(run, "test");
  const validation = await readRunPart(run, "val");
  const expected = evaluateLogits(logits, labels, { bins: 10, validation });
  assert.deepEqual(run.record.test, expected);
  assert.deepEqual(await evaluateRun(run, 10), expected);
  // With so many bins, hits and misses no longer cancel out within a bin.
  assert.notEqual((await evaluateRun(run, 1000)).plain.ece, expected.plain.ece);
});

Deno.test("ensureRun() trains a missing teacher first, and keeps it", async () => {
  const other = { ...TINY, seed: 2 };
  const taught = { ...TAUGHT, seed: 2, teacher: runTeacher(other) };
  const { trained } = await ensured(taught);
  assert.deepEqual(trained, [runId(other), runId(taught)]);
  assert.equal((await findRun(trained[0], root)).record.id, trained[0]);
});

Deno.test("a student may have another seed than its teacher and share its split", async () => {
  const { run: teacher } = await ensured(TINY);
  const { run: student, trained } = await ensured({
    ...STUDENT,
    seed: 5,
    data: { ...TINY.data, splitSeed: TINY.seed },
  });
  assert.equal(trained.length, 1);
  for (const part of ["train", "val"] as const) {
    assert.deepEqual(
      await readRunIndices(student, part),
      await readRunIndices(teacher, part),
    );
  }
});

Deno.test("equal seeds give equal bytes, different seeds different ones", async () => {
  const { run } = await ensured(TINY);
  const again = await ensured(TINY, { folder: join(root, "again") });
  const path = "logits-test.npy";
  const bytes = (run: StoredRun) => Deno.readFileSync(join(run.folder, path));
  assert.deepEqual(bytes(again.run), bytes(run));
  const { run: other } = await ensured({ ...TINY, seed: 2 });
  assert.notDeepEqual(bytes(other), bytes(run));
});

Deno.test("ensureRun() refuses a folder that contains another run", async () => {
  const { run } = await ensured(TINY);
  const [found, expected] = [runId(TINY), runId(TAUGHT)];
  await assert.rejects(
    ensured(TAUGHT, { folder: run.folder }),
    new BadInput(
      `Cannot use ${run.folder}: it contains run ${found}, not ${expected}`,
    ),
  );
});

Deno.test("ensureRun() trains once when called twice concurrently", async () => {
  const spec = { ...TINY, seed: 6 };
  const id = runId(spec);
  const [one, two] = await Promise.all([ensured(spec), ensured(spec)]);
  assert.deepEqual(one.run, two.run);
  const titles = [...one.trained, ...two.trained].sort();
  assert.deepEqual(titles, [id, `${id}: another process is training it`]);
  const names = Array.from(Deno.readDirSync(one.run.folder), (e) => e.name);
  assert(!names.includes("checkpoint"));
});

Deno.test("ensureRun() removes no files that are not a run's", async () => {
  const folder = await Deno.makeTempDir({ dir: root });
  await Deno.mkdir(join(folder, "model"));
  await Deno.writeTextFile(join(folder, "model", "mine.txt"), "mine");
  await assert.rejects(
    ensured(TINY, { folder }),
    new BadInput(
      `Cannot train into ${folder} as it must be new, empty or a run's: ` +
        "it contains model",
    ),
  );
  const kept = await Deno.readTextFile(join(folder, "model", "mine.txt"));
  assert.equal(kept, "mine");
});

Deno.test("ensureRun() writes nothing if the targets are invalid", async () => {
  // Two images cannot cover ten classes.
  const data = { dataset: "excerpt", limit: 3, trainFraction: 0.5 };
  const teacher = { ...TINY, data };
  const method = { name: "cls", epsilon: 0.1, temperature: 1 } as const;
  const spec: RunSpec = {
    ...teacher,
    objective: { kind: "targets", method },
    teacher: runTeacher(teacher),
  };
  const folder = join(root, "impossible");
  await assert.rejects(
    ensured(spec, { folder }),
    /^BadInput: Cannot build class-based targets as every class must have a row/,
  );
  await assert.rejects(Deno.stat(folder), Deno.errors.NotFound);
});

Deno.test("ensureRun() leaks no tensors", async () => {
  await ensured(TINY);
  const before = tf.memory().numTensors;
  await ensured(STUDENT);
  assert.equal(tf.memory().numTensors, before);
});
