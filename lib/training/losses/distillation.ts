import { tf } from "../../engine/engine.ts";
import { rowEntropies } from "../../logits/entropy.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { softmax } from "../../logits/softmax.ts";
import { crossEntropy, type LossFn } from "../cross_entropy.ts";

/** How much a student listens to its teacher, and how softly. */
export interface DistillationOptions {
  /** Weight of the teacher's part, in [0, 1]. */
  readonly alpha: number;
  /** Divides the logits of both, greater than 0. */
  readonly temperature: number;
}

/** A loss and the tensors that it holds. */
export interface DistillationLoss {
  readonly loss: LossFn;
  dispose(): void;
}

/**
 * The loss of a student (Hinton et al. 2015):
 * `alpha T^2 KL(teacher_T || student_T) + (1 - alpha) CE(student, labels)`.
 *
 * KL is summed over the classes and averaged over the batch; `x_T` is
 * `softmax(z / T)`; `T^2` keeps the size of the teacher's gradients.
 *
 * @param teacher logits `[n, classes]` by sample of the training set
 * @param labels `[n]`
 */
export function distillationLoss(
  teacher: Logits,
  labels: Int32Array,
  { alpha, temperature }: DistillationOptions,
): DistillationLoss {
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
  const loss: LossFn = (logits, rows) => {
    const softened = tf.div(logits, temperature) as tf.Tensor2D;
    const divergence = tf.add(
      crossEntropy(softened, tf.gather(softTargets, rows)),
      tf.gather(negativeEntropies, rows),
    );
    const hard = crossEntropy(logits, tf.gather(hardTargets, rows));
    return tf.mean(
      tf.add(tf.mul(divergence, teacherWeight), tf.mul(hard, 1 - alpha)),
    );
  };
  return {
    loss,
    dispose: () => tf.dispose([softTargets, negativeEntropies, hardTargets]),
  };
}
