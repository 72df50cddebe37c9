import assert from "node:assert/strict";
import {
  distillationLoss,
  type DistillationOptions,
} from "../../../lib/training/losses/distillation.ts";
import { tf } from "../../../lib/engine/engine.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import { assertAllClose } from "../all_close.ts";

interface Reference {
  readonly student: number[][];
  readonly teacher: number[][];
  readonly labels: number[];
  readonly losses: (DistillationOptions & {
    readonly loss: number;
    readonly gradient: number[];
  })[];
}

const { student, teacher, labels, losses }: Reference = JSON.parse(
  Deno.readTextFileSync(
    new URL("../../fixtures/distillation_reference.json", import.meta.url),
  ),
);

/** The loss of a batch and its gradient with respect to the student's logits. */
function lossAndGradient(
  logits: number[][],
  { teacher, labels, rows, ...options }: DistillationOptions & {
    teacher: number[][];
    labels: number[];
    rows: number[];
  },
): { loss: number; gradient: Float32Array } {
  const distillation = distillationLoss(
    logitsOf(teacher),
    Int32Array.from(labels),
    options,
  );
  const [loss, gradient] = tf.tidy(() => {
    const value = (z: tf.Tensor) =>
      distillation.loss(z as tf.Tensor2D, tf.tensor1d(rows, "int32"));
    const { value: loss, grad } = tf.valueAndGrad(value)(tf.tensor2d(logits));
    return [loss.dataSync()[0], grad.dataSync() as Float32Array];
  });
  distillation.dispose();
  return { loss, gradient };
}

Deno.test("distillationLoss() of one row matches a calculation by hand", () => {
  // T = 2 halves the logits: the teacher is (3/4, 1/4), the student uniform.
  const { loss } = lossAndGradient([[0, 0]], {
    teacher: [[2 * Math.log(3), 0]],
    labels: [1],
    rows: [0],
    alpha: 0.9,
    temperature: 2,
  });
  const divergence = 0.75 * Math.log(0.75 / 0.5) + 0.25 * Math.log(0.25 / 0.5);
  const expected = 0.9 * 2 ** 2 * divergence + 0.1 * Math.log(2);
  assertAllClose([loss], [expected], 1e-6);
});

for (const { alpha, temperature, loss, gradient } of losses) {
  Deno.test(`distillationLoss() has PyTorch's value and gradient for alpha ${alpha} and T ${temperature}`, () => {
    const found = lossAndGradient(student, {
      teacher,
      labels,
      rows: [0, 1, 2, 3],
      alpha,
      temperature,
    });
    // The divergence is a difference of float32 numbers near 1.6, times T^2.
    assertAllClose([found.loss], [loss], 1e-6 * Math.max(5, temperature ** 2));
    assertAllClose(found.gradient, gradient, 2e-6, "gradient");
  });
}

Deno.test("distillationLoss() looks up teacher and label by row", () => {
  const options = { alpha: 0.5, temperature: 3 };
  const batch = lossAndGradient([student[3], student[1]], {
    teacher,
    labels,
    rows: [3, 1],
    ...options,
  });
  const alone = [3, 1].map((i) =>
    lossAndGradient([student[i]], {
      teacher: [teacher[i]],
      labels: [labels[i]],
      rows: [0],
      ...options,
    }).loss
  );
  assertAllClose([batch.loss], [(alone[0] + alone[1]) / 2], 1e-5);
});

Deno.test("distillationLoss() and its gradient are 0 if the student equals its teacher", () => {
  const { loss, gradient } = lossAndGradient(teacher, {
    teacher,
    labels,
    rows: [0, 1, 2, 3],
    alpha: 1,
    temperature: 5,
  });
  assertAllClose([loss], [0], 1e-5);
  assertAllClose(gradient, new Float32Array(20), 1e-6);
});

Deno.test("distillationLoss() is finite if a teacher's probability is exactly 1", () => {
  const { loss, gradient } = lossAndGradient([[0, 0, 0]], {
    teacher: [[1e4, 0, -1e4]],
    labels: [0],
    rows: [0],
    alpha: 0.9,
    temperature: 1,
  });
  assertAllClose([loss], [Math.log(3)], 1e-6);
  assert(gradient.every(Number.isFinite));
});

Deno.test("the gradient of distillationLoss() matches finite differences", () => {
  const batch = { teacher, labels, rows: [0, 1, 2, 3] };
  const options = { ...batch, alpha: 0.7, temperature: 2 };
  const { gradient } = lossAndGradient(student, options);
  const h = 1e-2;
  for (const [i, k] of [[0, 0], [1, 3], [3, 2]]) {
    const [above, below] = [h, -h].map((d) => {
      const moved = student.map((row) => [...row]);
      moved[i][k] += d;
      return lossAndGradient(moved, options).loss;
    });
    const slope = (above - below) / (2 * h);
    assertAllClose([gradient[5 * i + k]], [slope], 5e-4, `slope ${i} ${k}`);
  }
});

Deno.test("distillationLoss() leaves no tensors after dispose()", () => {
  const before = tf.memory().numTensors;
  lossAndGradient(student, {
    teacher,
    labels,
    rows: [0, 1, 2, 3],
    alpha: 0.9,
    temperature: 20,
  });
  assert.equal(tf.memory().numTensors, before);
});
