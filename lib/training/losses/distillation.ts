import { tf } from "../../engine/engine.ts";
import { rowEntropies } from "../../logits/entropy.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { softmax } from "../../logits/softmax.ts";
import { crossEntropy, type LossFn, lossReading } from "../cross_entropy.ts";
import type { OpenLoss } from "../open_loss.ts";

/** Options of `distillationLoss()`. */
export interface DistillationOptions {
  /** Weight of the teacher's term, in [0, 1]. */
  readonly alpha: number;
  /** T, divisor of both networks' logits in that term, greater than 0. */
  readonly temperature: number;
}

/**
 * The loss of a student that learns from a teacher's logits:
 * `alpha T^2 KL(teacher_T || student_T) + (1 - alpha) CE(student, labels)`, where
 * `x_T` is `softmax(z / T)`. KL is summed over the classes; both terms are averaged
 * over the batch. `T^2` keeps the size of the teacher's gradients.
 *
 * @param teacher logits `[n, classes]` of the teacher for the training set
 * @param labels `[n]`, class indices of the training set
 * @param options weight of the teacher and temperature
 * @see G. Hinton, O. Vinyals and J. Dean, "Distilling the Knowledge in a Neural
 * Network", 2015, arXiv:1503.02531
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { tensor1d, tensor2d } from "@tensorflow/tfjs-node-gpu";
 * import { logitsOf } from "@ils/label-smoothing/logits";
 * import { distillationLoss } from "@ils/label-smoothing/training";
 * const teacher = logitsOf([[3, 1], [0, 2]]);
 * const options = { alpha: 1, temperature: 4 };
 * const student = distillationLoss(teacher, Int32Array.of(0, 1), options);
 * // A student with its teacher's logits has nothing left to learn.
 * const logits = tensor2d([[3, 1], [0, 2]]);
 * const loss = student.loss(logits, tensor1d([0, 1], "int32"));
 * strictEqual(Math.abs(loss.dataSync()[0]) < 1e-4, true);
 * student.dispose();
 * ```
 */
export function distillationLoss(
  teacher: Logits,
  labels: Int32Array,
  options: DistillationOptions,
): OpenLoss<LossFn> {
  const { alpha, temperature } = options;
  const soft = softmax(teacher, temperature);
  const softTargets = tf.keep(
    tf.tensor2d(Float32Array.from(soft.data), [soft.rows, soft.columns]),
  );
  const negativeEntropies = tf.keep(tf.tensor1d(
    Float32Array.from(rowEntropies(soft), (entropy) => -entropy),
  ));
  const hardTargets = tf.tidy(() =>
    tf.keep(
      tf.oneHot(tf.tensor1d(labels, "int32"), teacher.columns).toFloat(),
    )
  ) as tf.Tensor2D;
  const teacherWeight = alpha * temperature ** 2;
  const tensors = [softTargets, negativeEntropies, hardTargets];
  const loss = lossReading(tensors, (logits, rows) => {
    const softened = tf.div(logits, temperature) as tf.Tensor2D;
    const divergence = tf.add(
      crossEntropy(softened, tf.gather(softTargets, rows)),
      tf.gather(negativeEntropies, rows),
    );
    const hard = crossEntropy(logits, tf.gather(hardTargets, rows));
    return tf.mean(
      tf.add(tf.mul(divergence, teacherWeight), tf.mul(hard, 1 - alpha)),
    );
  });
  return { loss, dispose: () => tf.dispose(tensors) };
}
