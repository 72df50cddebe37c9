import assert from "node:assert/strict";
import { matrix, row } from "../../lib/matrix.ts";
import { asLogits, logitsOf } from "../../lib/matrix_kinds.ts";
import { logSoftmaxRow, softmax } from "../../lib/logits/softmax.ts";

const { exp, log } = Math;

Deno.test("softmax() matches a calculation by hand", () => {
  // Odds of 1 : 2 : 5, and of 1 : 4 at half the temperature.
  assertClose(softmax(logitsOf([[0, log(2), log(5)]])).data, [
    1 / 8,
    2 / 8,
    5 / 8,
  ]);
  assertClose(softmax(logitsOf([[0, log(2)]]), 0.5).data, [1 / 5, 4 / 5]);
});

Deno.test("softmax() keeps rows of huge and tiny logits finite", () => {
  const logits = logitsOf([[1000, 1001], [-1000, -1001], [1e300, 0]]);
  const found = softmax(logits);
  assertClose(row(found, 0), [1 / (1 + exp(1)), 1 / (1 + exp(-1))]);
  assertClose(row(found, 1), [1 / (1 + exp(-1)), 1 / (1 + exp(1))]);
  assertClose(row(found, 2), [1, 0]);
});

Deno.test("softmax() reads float32 and returns float64", () => {
  const { data } = softmax(asLogits(matrix(Float32Array.of(1, 2, 3, 4), 2)));
  assert.ok(data instanceof Float64Array);
  assertClose([data[0] + data[1], data[2] + data[3]], [1, 1]);
});

Deno.test("logSoftmaxRow() is exact where the probability underflows", () => {
  assertClose(logSoftmaxRow([0, -2000]), [0, -2000]);
  // log(1 + e^-40) is below the spacing of doubles around 40, not of 1.
  assertClose(logSoftmaxRow([40, 0]), [-exp(-40), -40]);
  assertClose(logSoftmaxRow([0, -2000], 4), [0, -500]);
});

Deno.test("softmax() refuses temperatures that are not positive and finite", () => {
  for (const temperature of [0, -1, NaN, Infinity]) {
    assert.throws(() => softmax(logitsOf([[1, 2]]), temperature), {
      name: "BadInput",
      message: "Temperature must be in (0, Infinity): current value is " +
        temperature,
    });
  }
});

function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= 1e-14,
      `entry ${i} is ${actual[i]}, not ${expected[i]}`,
    );
  }
}
