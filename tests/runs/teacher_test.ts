import assert from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import type { StoredRun } from "../../lib/runs/store.ts";
import {
  teacherFromEnsemble,
  teacherFromFolds,
  teacherFromLogits,
  teacherFromRun,
} from "../../lib/runs/teacher.ts";
import { logitsOf } from "../../lib/matrix_kinds.ts";
import { writeNpy } from "../../lib/files/npy.ts";
import { inFolder } from "../cli/program.ts";

/**
 * Logits 2 and 0, two of three correct: the best T gives the larger class 2/3.
 */
const VALIDATION = { logits: [2, 0, 2, 0, 2, 0], labels: [0, 0, 1] };
const FITTED = 2 / Math.log(2);

/** A network's predictions by sample: the odds of class 0 against class 1. */
type Odds = Readonly<Record<number, number>>;

/** Writes a finished run into its own folder. */
async function writeRun(
  root: string,
  id: string,
  { train, held, validation = VALIDATION.logits }: {
    train: Odds;
    held?: Odds;
    validation?: number[];
  },
): Promise<StoredRun> {
  const folder = join(root, id);
  await Deno.mkdir(folder);
  const write = (name: string, data: number[], shape: number[]) =>
    writeNpy(join(folder, `${name}.npy`), {
      data: name.startsWith("logits")
        ? Float64Array.from(data)
        : Int32Array.from(data),
      shape,
    });
  for (const [part, odds] of Object.entries({ train, held: held ?? {} })) {
    const indices = Object.keys(odds).map(Number);
    const logits = Object.values(odds).flatMap((o) => [Math.log(o), 0]);
    await write(`logits-${part}`, logits, [indices.length, 2]);
    await write(`indices-${part}`, indices, [indices.length]);
  }
  await write("logits-val", validation, [3, 2]);
  await write("labels-val", VALIDATION.labels, [3]);
  return { folder, record: { id } as StoredRun["record"] };
}

/** Calls a test with a run that was trained on samples 3, 5 and 9. */
function withRun(test: (run: StoredRun) => Promise<void>) {
  const { exp } = Math;
  const train = { 3: exp(3), 5: exp(5), 9: exp(9) };
  return inFolder(async (root) =>
    await test(await writeRun(root, "nine", { train }))
  );
}

const split = (train: number[], validation: number[]) => ({
  train: Int32Array.from(train),
  validation: Int32Array.from(validation),
});

Deno.test("teacherFromRun() refuses a teacher that has seen validation data", () =>
  withRun((run) =>
    assert.rejects(
      teacherFromRun(run, split([3], [5])),
      /nine as a teacher: it was trained on sample 5, which is validation/,
    )
  ));

Deno.test("teacherFromRun() looks up logits by sample index, not by position", () =>
  withRun(async (run) => {
    const teacher = await teacherFromRun(run, split([9, 3], [4]));
    assert.deepEqual([...teacher.logits.data], [9, 0, 3, 0]);
    assert(Math.abs(teacher.temperature - FITTED) < 1e-6);
  }));

Deno.test("teacherFromRun() refuses a sample that the teacher has not seen", () =>
  withRun((run) =>
    assert.rejects(
      teacherFromRun(run, split([3, 4], [])),
      new BadInput(
        "Cannot use nine as a teacher: it was not trained on sample 4, so " +
          "the split (limit, fraction and seed) must match the teacher's",
      ),
    )
  ));

/** Log-probabilities of odds, row by row. */
const logs = (...probabilities: number[]) =>
  probabilities.flatMap((p) => [Math.log(p), Math.log(1 - p)]);

function assertClose(actual: ArrayLike<number>, expected: number[]) {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => assert(Math.abs(actual[i] - value) < 1e-12));
}

Deno.test("teacherFromEnsemble() returns the mean probability of each sample", () =>
  inFolder(async (root) => {
    // 3/4 and 1/2 of sample 3, 9/10 and 1/5 of sample 9.
    const runs = [
      await writeRun(root, "a", { train: { 3: 3, 5: 1, 9: 9 } }),
      await writeRun(root, "b", { train: { 3: 1, 9: 1 / 4 } }),
    ];
    const teacher = await teacherFromEnsemble(runs, split([9, 3], [4]));
    assertClose(teacher.logits.data, logs(0.55, 0.625));
  }));

Deno.test("teacherFromEnsemble() fits its temperature to the mean, not to a member", () =>
  inFolder(async (root) => {
    const { log } = Math;
    // Means of 9/10, 7/10 and of 9/10, 7/10 and 1/5, 3/5: 4/5, 4/5, 2/5.
    const a = [log(9), 0, log(9), 0, log(1 / 4), 0];
    const b = [log(7 / 3), 0, log(7 / 3), 0, log(3 / 2), 0];
    const runs = [
      await writeRun(root, "a", { train: { 3: 1 }, validation: a }),
      await writeRun(root, "b", { train: { 3: 1 }, validation: b }),
    ];
    const { temperature } = await teacherFromEnsemble(runs, split([3], []));
    const means = [log(4), 0, log(4), 0, log(2 / 3), 0];
    const one = await writeRun(root, "c", {
      train: { 3: 1 },
      validation: means,
    });
    const alone = await teacherFromRun(one, split([3], []));
    assert(Math.abs(temperature - alone.temperature) < 1e-9);
  }));

Deno.test("teacherFromEnsemble() names a member that lacks a sample", () =>
  inFolder(async (root) => {
    const runs = [
      await writeRun(root, "a", { train: { 3: 1, 5: 1 } }),
      await writeRun(root, "b", { train: { 3: 1 } }),
    ];
    await assert.rejects(
      teacherFromEnsemble(runs, split([3, 5], [])),
      /^BadInput: Cannot use b as a teacher: it was not trained on sample 5, /,
    );
  }));

/** Two repeats of two folds; each network is certain of samples it has seen. */
async function writeFolds(root: string): Promise<StoredRun[]> {
  const sure = 1e9;
  return [
    await writeRun(root, "a", { train: { 3: sure }, held: { 5: 1, 9: 3 } }),
    await writeRun(root, "b", { train: { 5: sure, 9: sure }, held: { 3: 9 } }),
    await writeRun(root, "c", { train: { 5: sure }, held: { 3: 1, 9: 1 } }),
    await writeRun(root, "d", { train: { 3: sure, 9: sure }, held: { 5: 4 } }),
  ];
}

Deno.test("teacherFromFolds() uses for each sample only runs that have not seen it", () =>
  inFolder(async (root) => {
    const runs = await writeFolds(root);
    // 9/10 and 1/2 of sample 3, 1/2 and 4/5 of 5, 3/4 and 1/2 of 9.
    const teacher = await teacherFromFolds(runs, split([3, 5, 9], [4]), 2);
    assertClose(teacher.logits.data, logs(0.7, 0.65, 0.625));
    assert(Math.abs(teacher.temperature - FITTED) < 1e-6);
    const once = await teacherFromFolds(runs.slice(2), split([9, 5], []), 2);
    assertClose(once.logits.data, logs(0.5, 0.8));
  }));

Deno.test("teacherFromFolds() refuses samples that no fold holds out, and seen validation data", () =>
  inFolder(async (root) => {
    const runs = await writeFolds(root);
    await assert.rejects(
      teacherFromFolds(runs, split([3, 4], []), 2),
      new BadInput(
        "Cannot use the folds of a as a teacher: none holds out sample 4, so " +
          "the split (limit, fraction and seed) must match the teacher's",
      ),
    );
    await assert.rejects(
      teacherFromFolds(runs, split([3], [9]), 2),
      /^BadInput: Cannot use b as a teacher: it was trained on sample 9, which is validation/,
    );
  }));

const LOGITS = logitsOf([[0, 1], [2, 0], [2, 0], [7, 0], [2, 0]]);
const LABELS = Int32Array.of(1, 0, 0, 0, 1);
const OPTIONS = {
  split: {
    train: Int32Array.of(0, 3),
    validation: Int32Array.of(1, 2, 4),
  },
  classes: 2,
  source: "L.npy",
};

Deno.test("teacherFromLogits() selects the rows of the split", () => {
  const teacher = teacherFromLogits(LOGITS, LABELS, OPTIONS);
  assert.deepEqual([...teacher.logits.data], [0, 1, 7, 0]);
  assert(Math.abs(teacher.temperature - FITTED) < 1e-6);
});

Deno.test("teacherFromLogits() refuses logits of another shape than the data set", () => {
  const wrong = [
    [LOGITS, Int32Array.of(1, 0), 2],
    [LOGITS, LABELS, 3],
  ] as const;
  for (const [logits, labels, classes] of wrong) {
    assert.throws(
      () => teacherFromLogits(logits, labels, { ...OPTIONS, classes }),
      new BadInput(
        "Cannot use L.npy as a teacher: it has 5 rows of 2 classes, but must " +
          `have one row for each of the ${labels.length} training images ` +
          `of ${classes} classes, in order and whatever limit is`,
      ),
    );
  }
});
