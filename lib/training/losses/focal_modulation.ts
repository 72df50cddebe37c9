import { attribute, FLOAT } from "../../engine/attributes.ts";
import { rawOp, tf } from "../../engine/engine.ts";

/**
 * Modulated cross-entropy of each row, `m^gamma u`, with u = -log p_t and m = 1 - p_t.
 *
 * m is computed as `-expm1(-u)`, which is exact even if p_t rounds to 1. The
 * derivative with respect to u is `m^gamma (1 + gamma p_t u / m)`; this form has no
 * negative powers, and u / m tends to 1 as p_t tends to 1.
 *
 * @param logits `[batch, classes]`
 * @param labels one-hot, `[batch, classes]`
 * @param gammaOf gamma of each row, from u
 * @returns `[batch]`
 */
export function modulated(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
  gammaOf: (crossEntropy: tf.Tensor) => tf.Tensor,
): tf.Tensor1D {
  const operation = tf.customGrad((...args) => {
    const [z] = args as tf.Tensor[];
    const save = args[1] as unknown as tf.GradSaveFunc;
    const [u, slope] = rawOp(
      "SoftmaxCrossEntropyWithLogits",
      [attribute.type("T", FLOAT)],
      [z, labels],
      2,
    );
    const gamma = gammaOf(u);
    const p = tf.exp(tf.neg(u));
    const m = tf.neg(tf.expm1(tf.neg(u)));
    const ratio = tf.where(tf.greater(m, 0), tf.div(u, m), tf.onesLike(u));
    const weight = tf.pow(m, gamma);
    const byU = tf.mul(
      weight,
      tf.add(1, tf.mul(gamma, tf.mul(p, ratio))),
    );
    save([tf.mul(tf.expandDims(byU, 1), slope)]);
    return {
      value: tf.mul(weight, u),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        tf.mul(tf.expandDims(dy, 1), saved[0]),
    };
  });
  return operation(logits) as tf.Tensor1D;
}
