import assert from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import type { StoredRun } from "../../lib/experiments/run_store.ts";
import {
  teacherFromLogits,
  teacherFromRun,
} from "../../lib/experiments/teacher.ts";
import { matrixOf } from "../../lib/matrix.ts";
import { writeNpy } from "../../lib/npy.ts";

/** Two of three right at 2 against 0: the best T gives the sure class 2/3. */
const VALIDATION = { logits: [2, 0, 2, 0, 2, 0], labels: [0, 0, 1] };
const FITTED = 2 / Math.log(2);

/** A run that was trained on the samples 3, 5 and 9. */
async function withRun(test: (run: StoredRun) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  const write = (
    name: string,
    data: Float32Array | Int32Array,
    shape: number[],
  ) => writeNpy(join(folder, `${name}.npy`), { data, shape });
  try {
    await write("logits-train", Float32Array.of(3, 0, 5, 0, 9, 0), [3, 2]);
    await write("indices-train", Int32Array.of(3, 5, 9), [3]);
    await write("logits-val", Float32Array.from(VALIDATION.logits), [3, 2]);
    await write("labels-val", Int32Array.from(VALIDATION.labels), [3]);
    await test({ folder, record: { id: "nine" } as StoredRun["record"] });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const split = (train: number[], validation: number[]) => ({
  train: Int32Array.from(train),
  validation: Int32Array.from(validation),
});

Deno.test("teacherFromRun() refuses a teacher that knows the validation data", () =>
  withRun((run) =>
    assert.rejects(
      teacherFromRun(run, split([3], [5])),
      /nine as a teacher: it was trained on sample 5, which is validation/,
    )
  ));

Deno.test("teacherFromRun() gives logits by sample index, not by position", () =>
  withRun(async (run) => {
    const teacher = await teacherFromRun(run, split([9, 3], [4]));
    assert.deepEqual([...teacher.logits.data], [9, 0, 3, 0]);
    assert(Math.abs(teacher.temperature - FITTED) < 1e-6);
  }));

Deno.test("teacherFromRun() refuses a sample that the teacher never saw", () =>
  withRun((run) =>
    assert.rejects(
      teacherFromRun(run, split([3, 4], [])),
      new BadInput(
        "Cannot use nine as a teacher: it was not trained on sample 4, so " +
          "limit, fraction and seed must be as its own",
      ),
    )
  ));

const LOGITS = matrixOf([[0, 1], [2, 0], [2, 0], [7, 0], [2, 0]]);
const LABELS = Int32Array.of(1, 0, 0, 0, 1);
const OPTIONS = {
  split: {
    train: Int32Array.of(0, 3),
    validation: Int32Array.of(1, 2, 4),
  },
  classes: 2,
  source: "L.npy",
};

Deno.test("teacherFromLogits() takes the rows of the split", () => {
  const teacher = teacherFromLogits(LOGITS, LABELS, OPTIONS);
  assert.deepEqual([...teacher.logits.data], [0, 1, 7, 0]);
  assert(Math.abs(teacher.temperature - FITTED) < 1e-6);
});

Deno.test("teacherFromLogits() refuses other rows or classes than the data set's", () => {
  const wrong = [
    [LOGITS, Int32Array.of(1, 0), 2],
    [LOGITS, LABELS, 3],
  ] as const;
  for (const [logits, labels, classes] of wrong) {
    assert.throws(
      () => teacherFromLogits(logits, labels, { ...OPTIONS, classes }),
      new BadInput(
        "Cannot use L.npy as a teacher: it holds 5 rows of 2 classes, and " +
          `the data set has ${labels.length} training images of ${classes} classes`,
      ),
    );
  }
});
