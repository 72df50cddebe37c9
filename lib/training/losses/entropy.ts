import { attribute, FLOAT } from "../../engine/attributes.ts";
import { rawOp, tf } from "../../engine/engine.ts";

/**
 * The entropy of each row, `H = -sum_k p_k log p_k` with p = softmax(z), in nats. Its
 * derivative with respect to z_k is `-p_k (log p_k + H)`.
 *
 * @param logits `[batch, classes]`
 * @returns `[batch]`, each in [0, log classes]
 */
export function entropy(logits: tf.Tensor2D): tf.Tensor1D {
  const operation = tf.customGrad((...args) => {
    const [z] = args as tf.Tensor[];
    const save = args[1] as unknown as tf.GradSaveFunc;
    const type = attribute.type("T", FLOAT);
    const [logs] = rawOp("LogSoftmax", [type], [z], 1);
    const p = tf.exp(logs);
    const value = tf.neg(tf.sum(tf.mul(p, logs), 1));
    save([tf.mul(p, tf.add(logs, tf.expandDims(value, 1)))]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        tf.mul(tf.expandDims(tf.neg(dy), 1), saved[0]),
    };
  });
  return operation(logits) as tf.Tensor1D;
}
