import type { Output } from "../../engine/graph.ts";
import type { StackOps } from "./stack_ops.ts";

/**
 * The parameters of a stack of fully connected networks: for each layer weights
 * `[replicas, 1, in, out]`, then biases `[replicas, 1, 1, out]`. Those of the last
 * layer are `[replicas, 1, out, in]` and `[replicas, 1, out, 1]`, as logits have
 * classes before points.
 */
export type StackParameters = readonly Output[];

/** Values of a forward pass. */
interface Pass {
  /** Inputs of the layers: x, then each hidden layer's output `[replicas, 1, n, out]`. */
  readonly inputs: readonly Output[];
  /** `[replicas, 1, classes, n]`; with points last, softmax is faster. */
  readonly logits: Output;
}

function forward(
  ops: StackOps,
  x: Output,
  parameters: StackParameters,
): Pass {
  const inputs = [x];
  const last = parameters.length - 2;
  for (let at = 0; at < last; at += 2) {
    const [weights, biases] = parameters.slice(at);
    const x = inputs[inputs.length - 1];
    inputs.push(ops.relu(ops.affine(x, weights, biases)));
  }
  const hidden = inputs[inputs.length - 1];
  const product = ops.product(parameters[last], hidden, "right");
  return { inputs, logits: ops.add(product, parameters[last + 1]) };
}

/**
 * The logits of each replica, with ReLU after each layer but the last.
 *
 * @param x `[replicas, 1, n, in]`, or `[1, 1, n, in]` for all replicas
 * @returns `[replicas, 1, classes, n]`
 */
export function stackLogits(
  ops: StackOps,
  x: Output,
  parameters: StackParameters,
): Output {
  return forward(ops, x, parameters).logits;
}

/**
 * The mean cross-entropy of each replica.
 *
 * @param logits `[replicas, 1, classes, n]`
 * @param targets of the same shape, or `[1, 1, classes, n]` for all replicas; classes
 * sum to 1
 * @returns `[replicas]`
 */
export function stackLosses(
  ops: StackOps,
  logits: Output,
  targets: Output,
): Output {
  const { shifted, sums } = exponentialsOf(ops, logits);
  const logSumExp = ops.log(sums);
  const targetLogits = ops.sum(ops.multiply(shifted, targets), CLASSES);
  return ops.means(ops.subtract(logSumExp, targetLogits));
}

/** Axes of logits and targets, and the axis of points in hidden layers. */
const [CLASSES, POINTS, HIDDEN_POINTS] = [2, 3, 2];

/** The terms of a softmax, shifted so that exponentials do not overflow. */
function exponentialsOf(ops: StackOps, logits: Output) {
  const shifted = ops.subtract(logits, ops.max(logits, CLASSES));
  const exponentials = ops.exp(shifted);
  return { shifted, exponentials, sums: ops.sum(exponentials, CLASSES) };
}

/** Inputs of a training step. */
export interface StepInputs {
  /** `[replicas, 1, n, in]` */
  readonly x: Output;
  /** `[replicas, 1, classes, n]`; classes sum to 1. */
  readonly targets: Output;
  /** n, a float32 scalar. */
  readonly count: Output;
}

/**
 * Gradients of each replica's mean cross-entropy over its points.
 *
 * @returns gradients in the order and shapes of the parameters
 */
export function stackGradients(
  ops: StackOps,
  { x, targets, count }: StepInputs,
  parameters: StackParameters,
): Output[] {
  const { inputs, logits } = forward(ops, x, parameters);
  const { exponentials, sums } = exponentialsOf(ops, logits);
  const probabilities = ops.divide(exponentials, sums);
  const atLogits = ops.divide(ops.subtract(probabilities, targets), count);
  let layer = inputs.length - 1;
  const results = [
    ops.product(atLogits, inputs[layer]),
    ops.sum(atLogits, POINTS),
  ];
  let behind = ops.product(atLogits, parameters[2 * layer], "left");
  for (; layer > 0; layer--) {
    const gradient = ops.reluGradient(behind, inputs[layer]);
    results.unshift(
      ops.product(inputs[layer - 1], gradient, "left"),
      ops.sum(gradient, HIDDEN_POINTS),
    );
    // The graph never runs this for the first layer, as nothing depends on it.
    behind = ops.product(gradient, parameters[2 * (layer - 1)], "right");
  }
  return results;
}
