import assert from "node:assert/strict";
import { likelyKind } from "../../lib/logits/likely_kind.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { logitsOf } from "../../lib/matrix_kinds.ts";
import { matrix, matrixOf } from "../../lib/matrix.ts";
import { stream } from "../../lib/random.ts";

/** Normal numbers, `[n, classes]`. */
function normal(n: number, classes: number, scale: number) {
  const random = stream(3, "logits");
  const rows = Array.from(
    { length: n },
    () => Array.from({ length: classes }, () => scale * random.normal()),
  );
  return logitsOf(rows);
}

Deno.test("likelyKind() finds no kind in logits of any scale", () => {
  for (const classes of [2, 3, 10, 100]) {
    for (const scale of [0.1, 1, 5, 1000]) {
      const logits = normal(500, classes, scale);
      assert.equal(
        likelyKind({ ...logits, "~kind": undefined as never }),
        undefined,
      );
    }
  }
});

Deno.test("likelyKind() recognises probabilities in float64, float32 and float16", () => {
  for (const classes of [2, 10, 1000]) {
    const { data } = softmax(normal(40, classes, 3));
    for (
      const stored of [
        data,
        Float32Array.from(data),
        Float32Array.from(Float16Array.from(data)),
      ]
    ) {
      assert.deepEqual(likelyKind(matrix(stored, classes)), {
        kind: "probabilities",
        rows: 40,
      });
    }
  }
});

Deno.test("likelyKind() recognises probabilities with two or three decimals", () => {
  const { data } = softmax(normal(40, 10, 1));
  for (const digits of [2, 3]) {
    const rounded = data.map((p) => Number(p.toFixed(digits)));
    assert.equal(likelyKind(matrix(rounded, 10))?.kind, "probabilities");
    const single = Float32Array.from(rounded);
    assert.equal(likelyKind(matrix(single, 10))?.kind, "probabilities");
  }
});

Deno.test("likelyKind() needs half of the rows to sum to 1 or 100", () => {
  const odd = [3, -1];
  const rowsOf = (row: number[]) => likelyKind(matrixOf([odd, row, row, odd]));
  assert.deepEqual(rowsOf([0.25, 0.75]), { kind: "probabilities", rows: 2 });
  assert.deepEqual(rowsOf([25, 75]), { kind: "percentages", rows: 2 });
  assert.equal(likelyKind(matrixOf([odd, [0.25, 0.75], odd])), undefined);
});

Deno.test("likelyKind() takes whole numbers for votes if sums agree, or if they are stored so", () => {
  const counts = [[3, 2], [4, 1], [0, 5], [5, 0], [2, 3], [9, 1]];
  assert.deepEqual(likelyKind(matrixOf(counts.slice(0, 5))), {
    kind: "votes",
    rows: 5,
  });
  // Nine in ten rows, or all but one.
  assert.deepEqual(likelyKind(matrixOf(counts)), { kind: "votes", rows: 5 });
  const uneven = counts.map(([a, b], i) => [a + i, b + 2 * i]);
  assert.equal(likelyKind(matrixOf(uneven)), undefined);
  assert.equal(likelyKind(matrixOf(uneven), { areWhole: true })?.kind, "votes");
  assert.equal(likelyKind(matrixOf(counts.slice(0, 4))), undefined);
  const negative = matrixOf(counts.map(([a, b]) => [-a, b]));
  assert.equal(likelyKind(negative, { areWhole: true }), undefined);
});

Deno.test("likelyKind() takes rows in [0, 1] for a sigmoid, except for few", () => {
  const rows = Array.from({ length: 10 }, (_, i) => [i / 10, 0.9, 0.8]);
  assert.deepEqual(likelyKind(matrixOf(rows)), { kind: "sigmoid", rows: 10 });
  const withOdd = matrixOf(rows.with(4, [-1, 2, 0]));
  assert.deepEqual(likelyKind(withOdd), { kind: "sigmoid", rows: 9 });
  const withTwo = matrixOf(rows.with(4, [-1, 2, 0]).with(5, [-1, 2, 0]));
  assert.equal(likelyKind(withTwo), undefined);
  const column = matrixOf([[0.5], [0.25], [1]]);
  assert.deepEqual(likelyKind(column), { kind: "sigmoid", rows: 3 });
  assert.equal(likelyKind(matrixOf([[0, 0], [0, 0]])), undefined);
});

Deno.test("likelyKind() ignores rows of NaN", () => {
  assert.equal(likelyKind(matrixOf([[NaN, 1], [NaN, NaN]])), undefined);
});
