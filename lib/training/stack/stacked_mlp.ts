import type { Output } from "../../graph.ts";
import type { StackOps } from "./stack_ops.ts";

/**
 * The parameters of a stack of fully connected networks, layer by layer:
 * weights `[replicas, in, out]`, then biases `[replicas, 1, out]`; the last
 * biases are `[replicas, out, 1]`, as logits have classes ahead of points.
 */
export type StackParameters = readonly Output[];

/** What each layer is given, and what the last one gives. */
interface Pass {
  /** The input, then the output of each hidden layer, `[replicas, n, out]`. */
  readonly inputs: readonly Output[];
  /** `[replicas, classes, n]`: softmax is fast along points, not along three classes. */
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
    const product = ops.product(inputs[inputs.length - 1], parameters[at]);
    inputs.push(ops.relu(ops.add(product, parameters[at + 1])));
  }
  const hidden = inputs[inputs.length - 1];
  const product = ops.product(parameters[last], hidden, "both");
  return { inputs, logits: ops.add(product, parameters[last + 1]) };
}

/**
 * The logits of every replica: ReLU after each layer but the last.
 *
 * @param x `[replicas, n, in]`, or one for all, `[1, n, in]`
 * @returns `[replicas, classes, n]`
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
 * @param logits `[replicas, classes, n]`
 * @param targets of the same shape, or one for all; classes sum to 1
 * @returns `[replicas]`
 */
export function stackLosses(
  ops: StackOps,
  logits: Output,
  targets: Output,
): Output {
  const shifted = ops.subtract(logits, ops.max(logits, CLASSES));
  const whole = ops.log(ops.sum(ops.exp(shifted), CLASSES));
  const named = ops.sum(ops.multiply(shifted, targets), CLASSES);
  return ops.means(ops.subtract(whole, named));
}

/** The axis of classes in logits and targets, and that of points. */
const [CLASSES, POINTS] = [1, 2];

/** A parameter's gradient. */
export interface Gradient {
  readonly value: Output;
  /** What still reads the parameter, if anything that the value does not need. */
  readonly reader?: Output;
}

/** What a step trains on. */
export interface StepInputs {
  /** `[replicas, n, in]` */
  readonly x: Output;
  /** `[replicas, classes, n]`, classes sum to 1. */
  readonly targets: Output;
  /** `n`, a float32 scalar. */
  readonly count: Output;
}

/**
 * Gradients of each replica's mean cross-entropy over its points.
 *
 * @returns in the order and shapes of the parameters
 */
export function stackGradients(
  ops: StackOps,
  { x, targets, count }: StepInputs,
  parameters: StackParameters,
): Gradient[] {
  const { inputs, logits } = forward(ops, x, parameters);
  const odds = ops.exp(ops.subtract(logits, ops.max(logits, CLASSES)));
  const said = ops.divide(odds, ops.sum(odds, CLASSES));
  const atLogits = ops.divide(ops.subtract(said, targets), count);
  const last = parameters.length - 2;
  let behind = ops.product(atLogits, parameters[last], "both");
  const results: Gradient[] = [
    {
      value: ops.product(inputs[inputs.length - 1], atLogits, "both"),
      reader: behind,
    },
    { value: ops.sum(atLogits, POINTS) },
  ];
  for (let layer = inputs.length - 2; layer >= 0; layer--) {
    const gradient = ops.reluGradient(behind, inputs[layer + 1]);
    const value = ops.product(inputs[layer], gradient, "left");
    const bias = { value: ops.sum(gradient, 1) };
    if (layer > 0) {
      behind = ops.product(gradient, parameters[2 * layer], "right");
    }
    results.unshift(layer > 0 ? { value, reader: behind } : { value }, bias);
  }
  return results;
}
