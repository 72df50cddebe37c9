import assert from "node:assert/strict";
import { inputRemarks } from "../../lib/calibration/input_remarks.ts";
import { sharedRows } from "../../lib/calibration/shared_rows.ts";
import { asLogits, type Logits, logitsOf } from "../../lib/matrix_kinds.ts";
import { matrix, takeRows } from "../../lib/matrix.ts";
import { stream } from "../../lib/random.ts";

const N = 400;
const CLASSES = 10;
const random = stream(5, "remarks");
const LABELS = Int32Array.from({ length: N }, () => random.integer(CLASSES));

/** Logits of a model that is right in about nine of ten rows. */
function modelOf(labels: Int32Array): Logits<Float64Array> {
  const rows = Array.from(labels, (label) => {
    const top = random.uniform() < 0.9 ? label : random.integer(CLASSES);
    return Array.from(
      { length: CLASSES },
      (_, k) => random.normal() + (k === top ? 6 : 0),
    );
  });
  return logitsOf(rows);
}

const LOGITS = modelOf(LABELS);

const remarksOn = (labels: Int32Array, logits: Logits = LOGITS) =>
  inputRemarks([{ name: "net", logits }], labels);

Deno.test("a model that has learned its classes gets no remarks", () => {
  const validation = { logits: modelOf(LABELS), labels: LABELS };
  const models = [{ name: "net", logits: LOGITS, validation }];
  assert.deepEqual(inputRemarks(models, LABELS), []);
});

Deno.test("labels that are shifted by one are recognised", () => {
  const up = LABELS.map((label) => Math.min(label + 1, CLASSES - 1));
  const [remark] = remarksOn(up).slice(-1);
  assert.match(
    remark,
    /^Test accuracy \d+\.\d\d % is no better than chance \(\d+\.\d\d %\): with labels lower by 1 it would be \d\d\.\d\d %$/,
  );
  const down = LABELS.map((label) => Math.max(label - 1, 0));
  assert.match(remarksOn(down).at(-1)!, /with labels higher by 1 it would be/);
});

Deno.test("rows of another order are at chance", () => {
  for (const shift of [1, 7, 100, 211]) {
    const turned = LABELS.map((_, i) => LABELS[(i + shift) % N]);
    const found = remarksOn(turned);
    assert.equal(found.length, 1, `${shift}`);
    assert.match(
      found[0],
      /chance .*: are the labels shifted, or the rows in another order\?$/,
    );
  }
});

Deno.test("a constant prediction is no better than the most frequent label", () => {
  const constant = logitsOf(Array.from({ length: 10 }, () => [0, 1]));
  const labels = Int32Array.of(1, 1, 1, 1, 1, 1, 0, 0, 0, 0);
  assert.deepEqual(remarksOn(labels, constant), [
    "Test accuracy 60.00 % is no better than chance (60.00 %): are the labels " +
    "shifted, or the rows in another order?",
  ]);
  // Better than chance, yet worse than a constant.
  const rows = [[0, 1], [0, 1], [0, 1], [1, 0], [1, 0], [1, 0]]
    .concat([[1, 0], [1, 0], [1, 0], [0, 1]]);
  assert.deepEqual(remarksOn(labels, logitsOf(rows)), [
    "Test accuracy 60.00 % is no better than always predicting the most " +
    "frequent label (60.00 %)",
  ]);
});

Deno.test("classes without rows are listed, and constant labels are named", () => {
  const some = LABELS.map((label) => label % 3);
  assert.equal(
    remarksOn(some)[0],
    "None of the test rows has a label of classes 3, 4, 5, 6, 7 and 2 more of 10",
  );
  assert.deepEqual(remarksOn(new Int32Array(N).fill(4)), [
    "All test rows have label 4",
  ]);
  assert.deepEqual(
    inputRemarks([{ name: "net", logits: LOGITS }], new Int32Array(N), {
      rows: "",
    }),
    ["All rows have label 0"],
  );
});

Deno.test("sharedRows() counts rows of the same numbers in float32", () => {
  const other = modelOf(LABELS);
  assert.equal(sharedRows(other, LOGITS), 0);
  assert.equal(sharedRows(LOGITS, LOGITS), N);
  assert.equal(sharedRows(takeRows(LOGITS, [5, 9, 3]), LOGITS), 3);
  const single = asLogits(matrix(Float32Array.from(LOGITS.data), CLASSES));
  assert.equal(sharedRows(single, LOGITS), N);
  const mixed = logitsOf([[...LOGITS.data.slice(0, CLASSES)], [
    ...other.data.slice(0, CLASSES),
  ]]);
  assert.equal(sharedRows(mixed, LOGITS), 1);
  assert.equal(sharedRows(logitsOf([[-0, 1]]), logitsOf([[0, 1]])), 1);
  assert.equal(sharedRows(logitsOf([[0, 1]]), logitsOf([[0, 1, 2]])), 0);
});

Deno.test("sharedRows() is not misled by coarse numbers that repeat", () => {
  const votes = (seed: number) => {
    const random = stream(seed, "votes");
    return logitsOf(Array.from({ length: 500 }, () => {
      const first = random.integer(11);
      return [first, 10 - first];
    }));
  };
  assert.equal(sharedRows(votes(1), votes(2)), 0);
});
