import { attribute, FLOAT, rawOp, tf } from "../../engine/engine.ts";

/**
 * `m^gamma u` with the cross-entropy u = -log p_t, and m = 1 - p_t taken as
 * `-expm1(-u)`, which is exact also where p_t is all but 1. The slope by u is
 * `m^gamma (1 + gamma p_t u / m)`: so written it has no power below 0, and the
 * ratio tends to 1 where p_t rounds to 1. The slope of u by the logits comes
 * with u in one operation.
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
