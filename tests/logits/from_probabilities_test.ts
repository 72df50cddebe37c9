import assert from "node:assert/strict";
import {
  binaryLogits,
  binaryLogProbabilities,
  binaryProbabilities,
} from "../../lib/logits/binary_logits.ts";
import {
  floorLogits,
  logitsOfLogProbabilities,
  logitsOfProbabilities,
  logitsOfVotes,
} from "../../lib/logits/from_probabilities.ts";
import { likelyKind } from "../../lib/logits/likely_kind.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { storedPrecision } from "../../lib/logits/stored_precision.ts";
import { reorderClasses, takeLogits } from "../../lib/logits/take_logits.ts";
import { logitsOf, type PlainMatrix } from "../../lib/matrix_kinds.ts";
import { matrix, matrixOf } from "../../lib/matrix.ts";
import {
  bfloat16,
  float16,
  roundedLogarithms,
  roundedProbabilities,
} from "./rounded_rows.ts";

const P = [[0.5, 0.25, 0.25], [0, 1, 0], [0.125, 0.125, 0.75]];

/** Compares to the last bits; -Infinity is equal to itself. */
function assertSame(
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance = 1e-15,
) {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, at) => {
    const close =
      Math.abs(actual[at] - value) <= tolerance * (1 + Math.abs(value));
    assert(close || actual[at] === value, `${at}: ${actual[at]}, not ${value}`);
  });
}

Deno.test("softmax of log p is p, and of log p / T is the normalised p^(1/T)", () => {
  const logits = logitsOfProbabilities(matrixOf(P));
  assertSame(softmax(logits).data, P.flat());
  const roots = P.map((row) => {
    const powers = row.map((p) => p ** (1 / 3));
    const sum = powers.reduce((a, b) => a + b);
    return powers.map((power) => power / sum);
  });
  assertSame(softmax(logits, 3).data, roots.flat());
});

Deno.test("each way to write a distribution gives the same log-probabilities", () => {
  const expected = P.flat().map(Math.log);
  const times = (factor: number) =>
    matrixOf(P.map((row) => row.map((p) => p * factor)));
  assertSame(logitsOfProbabilities(times(1.0009)).data, expected);
  assertSame(logitsOfVotes(times(8)).data, expected);
  const logs = matrixOf(P.map((row) => row.map((p) => Math.log(p) + 5e-4)));
  assertSame(logitsOfLogProbabilities(logs).data, expected);
});

Deno.test("probabilities come back to the last bit, so that ties and edges of bins stay", () => {
  // The quotients of these rows, or their logarithms, differ in the last bit.
  const rows = [
    [0.5, 0.2, 0.2, 0.1],
    [0.2, 0.5, 0.1, 0.2],
    [0.7, 0.2, 0.1],
    [0.3, 0.3, 0.4],
    [0.1, 0.2, 0.3, 0.4],
  ];
  for (const row of rows) {
    const logits = logitsOfProbabilities(matrixOf([row]));
    assert.deepEqual([...softmax(logits).data], row);
    assert.deepEqual([...softmax(takeLogits(logits, [0, 0])).data], [
      ...row,
      ...row,
    ]);
    const order = Array.from(row, (_, k) => k).reverse();
    assert.deepEqual(
      [...softmax(reorderClasses(logits, order)).data],
      row.toReversed(),
    );
    const votes = row.map((p) => Math.round(10 * p));
    const shares = votes.map((count) => count / 10);
    assert.deepEqual(
      [...softmax(logitsOfVotes(matrixOf([votes]))).data],
      shares,
    );
  }
  const float32 = { data: Float32Array.of(0.3, 0.7), rows: 1, columns: 2 };
  assert.deepEqual(
    [...softmax(logitsOfProbabilities(float32)).data],
    [...float32.data],
  );
});

Deno.test("floorLogits() raises small probabilities and keeps the ratios of others", () => {
  const { data } = softmax(
    floorLogits(logitsOf([[0, Math.log(3), -800]]), 0.1),
  );
  assertSame(data, [0.25 / 1.1, 0.75 / 1.1, 0.1 / 1.1]);
  const above = logitsOf([[0, Math.log(3)]]);
  assertSame(softmax(floorLogits(above, 0.1)).data, [0.25, 0.75]);
  assert.throws(
    () => floorLogits(above, 0.5),
    /^BadInput: The floor of probabilities must be in \(0, 0\.5\): current value is 0\.5$/,
  );
});

Deno.test("one column becomes two classes whose probabilities sum to 1", () => {
  const p = [0.25, 0.75, 1e-20];
  const column = Float64Array.from(p);
  assertSame(binaryProbabilities(column).data, [
    0.75,
    0.25,
    0.25,
    0.75,
    1,
    1e-20,
  ]);
  const logs = binaryLogProbabilities(column.map(Math.log)).data;
  assertSame([...logs].map(Math.exp), [0.75, 0.25, 0.25, 0.75, 1, 1e-20]);
  // The complement of a tiny probability is not exactly 1.
  assert(Math.abs(logs[4] + 1e-20) < 1e-34);
  const logits = binaryLogits(column.map((p) => Math.log(p / (1 - p))));
  assertSame(softmax(logits).data, [0.75, 0.25, 0.25, 0.75, 1, 1e-20]);
});

/** `softmax()` keeps probabilities whose sum is that near to 1. */
const NEARLY_ONE = 1e-5;

for (const [type, round] of Object.entries({ bfloat16, float16 })) {
  for (const classes of [2, 10, 1000]) {
    Deno.test(`probabilities of ${classes} classes in ${type} sum to 1 within its precision`, () => {
      const rows = roundedProbabilities(classes, round);
      const precision = storedPrecision(rows);
      assertSame(
        softmax(logitsOfProbabilities(rows, { precision })).data,
        normalised(rows),
        NEARLY_ONE,
      );
      const logarithms = roundedLogarithms(classes, round);
      assertSame(
        softmax(logitsOfLogProbabilities(logarithms, { precision })).data,
        normalised({
          ...logarithms,
          data: Float64Array.from(logarithms.data, Math.exp),
        }),
        NEARLY_ONE,
      );
      if (type !== "bfloat16") return;
      assert.throws(() => logitsOfProbabilities(rows), /within 0\.001/);
      assert.throws(
        () => logitsOfLogProbabilities(logarithms),
        /within 0\.001/,
      );
      assert.equal(likelyKind(rows)?.kind, "probabilities");
    });
  }
}

Deno.test("rows in bfloat16 that are no distributions are refused", () => {
  const rows = matrix(Float32Array.of(0.5, 0.5, 0.5, 0.515625), 2);
  const precision = storedPrecision(rows);
  assert.throws(
    () => logitsOfProbabilities(rows, { precision }),
    /row 1 .* sums to 1\.01563 but must sum to 1 within 0\.0078125;/,
  );
  const logarithms = matrixOf([[-0.625, -0.6875]]);
  assert.throws(
    () => logitsOfLogProbabilities(logarithms, { precision }),
    /those of row 0 .* sum to 1\.03809 but must sum to 1 within 0\.0078125$/,
  );
});

/** Rows divided by their sums. */
function normalised({ data, rows, columns }: PlainMatrix): number[] {
  return Array.from({ length: rows }, (_, i) => {
    const own = [...data.subarray(i * columns, (i + 1) * columns)];
    const sum = own.reduce((a, b) => a + b, 0);
    return own.map((p) => p / sum);
  }).flat();
}

const REFUSED: readonly [(rows: PlainMatrix) => unknown, number[][], string][] =
  [
    [
      logitsOfProbabilities,
      [[1, 0], [0.5, 0.502]],
      "Cannot take rows as probabilities as row 1 (from 0) sums to 1.002 but must sum to 1 within 0.001; divide rounded rows by their sums",
    ],
    [
      logitsOfProbabilities,
      [[1.5, -0.5]],
      "Cannot take rows as probabilities as row 0 (from 0) contains -0.5 but must be at least 0",
    ],
    [
      logitsOfProbabilities,
      [[NaN, 1]],
      "Cannot take rows as probabilities as row 0 (from 0) contains NaN but must be at least 0",
    ],
    [
      logitsOfVotes,
      [[0, 0]],
      "Cannot take rows as votes as row 0 (from 0) sums to 0 but must have votes",
    ],
    [
      logitsOfVotes,
      [[1, -1]],
      "Cannot take rows as votes as row 0 (from 0) contains -1 but must be at least 0",
    ],
    [
      logitsOfLogProbabilities,
      [[0, 0]],
      "Cannot take rows as logarithms of probabilities as those of row 0 (from 0) sum to 2 but must sum to 1 within 0.001",
    ],
    [
      logitsOfLogProbabilities,
      [[-Infinity, -Infinity]],
      "Cannot take rows as logarithms of probabilities as those of row 0 (from 0) sum to 0 but must sum to 1 within 0.001",
    ],
    [
      ({ data }) => binaryProbabilities(data),
      [[0.5], [-0.1]],
      "Cannot take a column as probabilities as row 1 (from 0) is -0.1 but must be in [0, 1]",
    ],
  ];
for (const [convert, rows, message] of REFUSED) {
  Deno.test(`${message.slice(0, 70)}: ${JSON.stringify(rows)} are refused`, () => {
    assert.throws(() => convert(matrixOf(rows)), { name: "BadInput", message });
  });
}
