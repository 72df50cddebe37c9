/**
 * What a stack of networks is computed with: each tensor has the replicas as
 * its first axis, and no operation mixes them. They are TensorFlow's own,
 * outside the gradient tape: the gradients are written out in `stacked_mlp.ts`.
 */
import { attribute, FLOAT, INT32, rawOp, tf } from "../../engine.ts";

const type = attribute.type("T", FLOAT);

/** The axis of rows, made once: a scalar costs more than a small operation. */
const ROWS = tf.keep(tf.scalar(1, "int32"));

const PRODUCT = {
  plain: productAttributes(false, false),
  leftTransposed: productAttributes(true, false),
  rightTransposed: productAttributes(false, true),
};

function productAttributes(left: boolean, right: boolean) {
  return [
    type,
    attribute.bool("adj_x", left),
    attribute.bool("adj_y", right),
  ];
}

/**
 * The matrix product of each replica, one of the two perhaps transposed.
 *
 * @param a `[replicas, n, k]`, or `[replicas, k, n]` where it is transposed
 * @param b `[replicas, k, m]`, or `[replicas, m, k]` where it is transposed
 * @returns `[replicas, n, m]`
 */
export function product(
  a: tf.Tensor,
  b: tf.Tensor,
  form: keyof typeof PRODUCT = "plain",
): tf.Tensor {
  return rawOp("BatchMatMulV2", PRODUCT[form], [a, b], 1)[0];
}

/** `a + b` for b of `[replicas, 1, m]` and a of `[replicas, n, m]`. */
export function addToRows(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return rawOp("AddV2", [type], [a, b], 1)[0];
}

/** `max(x, 0)`. */
export function relu(x: tf.Tensor): tf.Tensor {
  return rawOp("Relu", [type], [x], 1)[0];
}

/** The gradient ahead of a ReLU whose output was `y`. */
export function reluGradient(gradient: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return rawOp("ReluGrad", [type], [gradient, y], 1)[0];
}

const SUM = [
  type,
  attribute.type("Tidx", INT32),
  attribute.bool("keep_dims", true),
];

/** The sum over rows: of `[replicas, n, m]`, `[replicas, 1, m]`. */
export function sumRows(x: tf.Tensor): tf.Tensor {
  return rawOp("Sum", SUM, [x, ROWS], 1)[0];
}

const RESHAPE = [type, attribute.type("Tshape", INT32)];
const MEAN = SUM.with(2, attribute.bool("keep_dims", false));

/** The same numbers in another shape; TensorFlow.js' own takes twice as long. */
function reshaped(x: tf.Tensor, shape: tf.Tensor): tf.Tensor {
  return rawOp("Reshape", RESHAPE, [x, shape], 1)[0];
}

/** Losses of all rows of all replicas, one after the other, and gradients. */
function crossEntropy(
  logits: tf.Tensor,
  targets: tf.Tensor,
): tf.Tensor[] {
  const [replicas, n, classes] = logits.shape;
  const flat = tf.tensor1d([replicas * n, classes], "int32");
  const rows = [logits, targets].map((x) => reshaped(x, flat));
  return rawOp("SoftmaxCrossEntropyWithLogits", [type], rows, 2);
}

/**
 * The gradient of each replica's mean cross-entropy by its logits.
 *
 * @param logits `[replicas, n, classes]`
 * @param targets of the same shape, rows that sum to 1
 * @returns of the same shape
 */
export function crossEntropyGradients(
  logits: tf.Tensor,
  targets: tf.Tensor,
): tf.Tensor {
  return tf.tidy(() => {
    const [, gradients] = crossEntropy(logits, targets);
    const count = tf.scalar(logits.shape[1]!);
    const means = rawOp("RealDiv", [type], [gradients, count], 1)[0];
    return reshaped(means, tf.tensor1d(logits.shape as number[], "int32"));
  });
}

/**
 * The mean cross-entropy of each replica.
 *
 * @param logits `[replicas, n, classes]`
 * @param targets of the same shape, rows that sum to 1
 * @returns `[replicas]`
 */
export function crossEntropyMeans(
  logits: tf.Tensor,
  targets: tf.Tensor,
): tf.Tensor {
  return tf.tidy(() => {
    const [losses] = crossEntropy(logits, targets);
    const shape = tf.tensor1d(logits.shape.slice(0, 2) as number[], "int32");
    return rawOp("Mean", MEAN, [reshaped(losses, shape), ROWS], 1)[0];
  });
}

const GATHER = [
  attribute.int("batch_dims", 1),
  attribute.type("Tparams", FLOAT),
  attribute.type("Tindices", INT32),
  attribute.type("Taxis", INT32),
];

/**
 * Rows of each replica's own choice.
 *
 * @param x `[replicas, pool, m]`
 * @param rows `[replicas, n]` int32
 * @returns `[replicas, n, m]`
 */
export function gatherRows(x: tf.Tensor, rows: tf.Tensor): tf.Tensor {
  return rawOp("GatherV2", GATHER, [x, rows, ROWS], 1)[0];
}

/**
 * Each replica from the one stack or the other.
 *
 * @param which `[replicas]` bool: true takes it from `a`
 * @param a `[replicas, n, m]`
 * @param b of the same shape
 */
export function chooseReplicas(
  which: tf.Tensor,
  a: tf.Tensor,
  b: tf.Tensor,
): tf.Tensor {
  return rawOp("Select", [type], [which, a, b], 1)[0];
}
