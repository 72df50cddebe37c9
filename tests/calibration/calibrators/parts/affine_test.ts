import assert from "node:assert/strict";
import { fitAffine } from "../../../../lib/calibration/calibrators/parts/affine_fit.ts";
import { affineLoss } from "../../../../lib/calibration/calibrators/parts/affine_loss.ts";
import {
  cholesky,
  solveCholesky,
} from "../../../../lib/statistics/cholesky.ts";
import { logSoftmaxRow } from "../../../../lib/logits/softmax.ts";
import { asLogits } from "../../../../lib/matrix_kinds.ts";
import { stream } from "../../../../lib/random.ts";
import { assertClose } from "../../close.ts";

function problem(rows: number, classes: number) {
  const random = stream(rows, "affine");
  const size = classes * (classes + 1);
  return {
    x: asLogits({
      data: Float64Array.from({ length: rows * classes }, random.normal),
      rows,
      columns: classes,
    }),
    labels: Int32Array.from({ length: rows }, () => random.integer(classes)),
    at: Float64Array.from({ length: size }, random.normal),
    penalty: {
      strength: Float64Array.from({ length: size }, random.uniform),
      centre: Float64Array.from({ length: size }, random.normal),
    },
  };
}

// Numbers of rows and columns that fill blocks of four, and that do not.
for (const [rows, classes] of [[8, 3], [9, 4], [6, 5], [3, 2], [7, 7]]) {
  const { x, labels, at, penalty } = problem(rows, classes);
  const loss = affineLoss(x, labels, classes)(penalty);

  Deno.test(`affineLoss() of ${rows} x ${classes} is log loss plus penalty`, () => {
    let expected = 0;
    for (let i = 0; i < rows; i++) {
      const z = Array.from({ length: classes }, (_, k) => {
        let sum = at[classes * classes + k];
        for (let j = 0; j < classes; j++) {
          sum += at[k * classes + j] * x.data[i * classes + j];
        }
        return sum;
      });
      expected -= logSoftmaxRow(z)[labels[i]] / rows;
    }
    at.forEach((w, i) =>
      expected += penalty.strength[i] * (w - penalty.centre[i]) ** 2
    );
    assertClose(loss(at, new Float64Array(at.length)), expected, 1e-12);
  });

  Deno.test(`affineLoss() of ${rows} x ${classes} has the gradient of its values`, () => {
    const gradient = new Float64Array(at.length);
    loss(at, gradient);
    const ignored = new Float64Array(at.length);
    at.forEach((w, i) => {
      const value = (x: number) => loss(at.with(i, x), ignored);
      const slope = (value(w + 1e-5) - value(w - 1e-5)) / 2e-5;
      assertClose(gradient[i], slope, 1e-8);
    });
  });
}

Deno.test("fitAffine() with an endless penalty leaves everything as it is", () => {
  const { x, labels } = problem(50, 3);
  const strength = 1e12;
  const { weights, intercepts } = fitAffine(
    { x, labels },
    {
      offDiagonal: strength,
      intercept: strength,
      diagonal: strength,
    },
  );
  [1, 0, 0, 0, 1, 0, 0, 0, 1].forEach((w, i) =>
    assertClose(weights[i], w, 1e-9)
  );
  intercepts.forEach((b) => assertClose(b, 0, 1e-9));
});

Deno.test("fitAffine() of one row per class and a constant input finds the shares", () => {
  // x is 0, so only intercepts matter: the shares of the labels.
  const x = asLogits({ data: new Float64Array(12), rows: 4, columns: 3 });
  const { intercepts: b } = fitAffine({
    x,
    labels: Int32Array.of(0, 0, 1, 2),
  }, {
    offDiagonal: 0,
    intercept: 0,
  });
  assertClose(b[0] - b[1], Math.log(2), 1e-8);
  assertClose(b[1] - b[2], 0, 1e-8);
});

Deno.test("cholesky() factors, and solveCholesky() solves", () => {
  const matrix = Float64Array.of(4, 2, 2, 2, 5, 3, 2, 3, 6);
  const factor = cholesky(matrix, 3);
  assert.deepEqual(
    [0, 3, 4, 6, 7, 8].map((at) => factor[at]),
    [2, 1, 2, 1, 1, 2],
  );
  const b = Float64Array.of(8, 10, 11);
  solveCholesky(factor, b);
  b.forEach((x) => assertClose(x, 1));
});
