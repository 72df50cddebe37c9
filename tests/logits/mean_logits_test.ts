import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { matrix } from "../../lib/matrix.ts";
import { asLogits, logitsOf } from "../../lib/matrix_kinds.ts";
import { meanLogits } from "../../lib/logits/mean_logits.ts";
import { softmax } from "../../lib/logits/softmax.ts";

const { log } = Math;

Deno.test("meanLogits() is the logarithm of the mean probability", () => {
  // 1/8 2/8 5/8 and 1/4 1/4 2/4; then 1/3 each and 1/6 1/6 4/6.
  const a = logitsOf([[0, log(2), log(5)], [7, 7, 7]]);
  const b = logitsOf([[0, 0, log(2)], [-3, -3, -3 + log(4)]]);
  const mean = [3 / 16, 4 / 16, 9 / 16, 1 / 4, 1 / 4, 1 / 2];
  assertClose(meanLogits([a, b]).data, mean.map(log));
  assertClose(softmax(meanLogits([a, b])).data, mean);
});

Deno.test("meanLogits() averages probabilities, not logits", () => {
  // The mean of the logits would give 1/2.
  const sure = logitsOf([[log(9), 0]]);
  const other = logitsOf([[0, log(3)]]);
  assertClose(softmax(meanLogits([sure, other])).data, [0.575, 0.425]);
});

Deno.test("meanLogits() of one network returns its log-probabilities", () => {
  const one = asLogits(matrix(Float32Array.of(1, 2, 3, 4), 2));
  const { data } = meanLogits([one]);
  assert(data instanceof Float64Array);
  assertClose(
    softmax(asLogits({ data, rows: 2, columns: 2 })).data,
    softmax(one).data,
  );
});

Deno.test("meanLogits() is finite where every probability underflows", () => {
  const a = logitsOf([[0, -2000]]);
  const b = logitsOf([[0, -3000]]);
  assertClose(meanLogits([a, a]).data, [0, -2000]);
  // exp(-3000) is negligible next to exp(-2000), whose half remains.
  assertClose(meanLogits([a, b]).data, [0, -2000 - log(2)]);
});

Deno.test("meanLogits() is -Infinity only where all probabilities are 0", () => {
  const a = logitsOf([[0, -Infinity, -Infinity]]);
  const b = logitsOf([[0, 0, -Infinity]]);
  const [first, second, third] = meanLogits([a, b]).data;
  assertClose([first, second], [log(0.75), log(0.25)]);
  assert.equal(third, -Infinity);
});

Deno.test("meanLogits() refuses an empty ensemble and different shapes", () => {
  assert.throws(
    () => meanLogits([]),
    new BadInput("Cannot average no logits"),
  );
  assert.throws(
    () => meanLogits([logitsOf([[1, 2]]), logitsOf([[1, 2], [3, 4]])]),
    new BadInput(
      "Cannot average logits of different shapes: network 0 has 1 rows of 2 " +
        "classes, network 1 has 2 of 2",
    ),
  );
});

function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= 1e-14 * (1 + Math.abs(expected[i])),
      `entry ${i} is ${actual[i]}, not ${expected[i]}`,
    );
  }
}
