import { attribute, FLOAT } from "../engine/attributes.ts";
import { rawOp, tf } from "../engine/engine.ts";
import {
  type ResourceVariable,
  resourceVariable,
} from "../engine/resource_variable.ts";
import type { ProgramState } from "../engine/state.ts";
import type { Tensor, Tensor1D, Variable } from "../engine/tensor_types.ts";

/** An optimizer of fixed weights. */
export interface Optimizer {
  /** The weights and the optimizer's own tensors, which `update()` changes. */
  readonly tensors: readonly ProgramState[];
  /**
   * The numbers of a step for `update()`.
   *
   * @param learningRate greater than 0
   * @param step number of the step, from 1
   */
  numbers(learningRate: number, step: number): Float32Array;
  /**
   * Updates the weights; can be part of a recorded function.
   *
   * @param gradients in the order of the weights; the caller disposes them
   * @param numbers from `numbers()`
   */
  update(gradients: readonly Tensor[], numbers: Tensor1D): void;
  /**
   * Updates the weights by one step and counts it.
   *
   * @param gradients in the order of the weights; the caller disposes them
   * @param learningRate greater than 0
   */
  step(gradients: readonly Tensor[], learningRate: number): void;
  /** Copies of the optimizer's state, to be saved; the caller disposes them. */
  state(): Tensor[];
  /**
   * Restores a saved state and adopts the current values of the weights.
   *
   * @param state from `state()`; the caller keeps it
   * @param steps number of steps before the state was saved
   */
  restore(state: readonly Tensor[], steps: number): void;
  /** Disposes the optimizer's state, not the weights. */
  dispose(): void;
}

/** Options of `sgd()`. */
export interface SgdOptions {
  /** Nesterov momentum, in [0, 1). */
  readonly momentum: number;
  /** L2 penalty: `weightDecay * w` is added to each gradient; at least 0. */
  readonly weightDecay: number;
}

/**
 * Stochastic gradient descent with Nesterov momentum, as in PyTorch:
 * `g += weightDecay * w; v = momentum * v + g; w -= rate * (g + momentum * v)`.
 *
 * The velocity v does not contain the learning rate, so a change of the rate takes
 * effect immediately.
 *
 * @param weights the trainable weights
 * @param options momentum and weight decay
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { scalar, variable } from "@tensorflow/tfjs-node-gpu";
 * import { sgd } from "@ils/label-smoothing/training";
 * const weight = variable(scalar(1));
 * const optimizer = sgd([weight], { momentum: 0.5, weightDecay: 0 });
 * optimizer.step([scalar(2)], 0.1); // 1 - 0.1 * (2 + 0.5 * 2)
 * strictEqual(weight.dataSync()[0].toFixed(4), "0.7000");
 * optimizer.dispose();
 * ```
 */
export function sgd(
  weights: readonly Variable[],
  options: SgdOptions,
): Optimizer {
  const { momentum, weightDecay } = options;
  const attributes = [
    attribute.type("T", FLOAT),
    attribute.bool("use_locking", false),
    attribute.bool("use_nesterov", true),
  ];
  return fusedOptimizer(weights, {
    slots: 1,
    weightDecay,
    numbers: (learningRate) => [learningRate, momentum],
    update: ([weight, velocity], gradient, [rate, momentum]) => {
      const inputs = [weight, velocity, rate, gradient, momentum];
      rawOp("ResourceApplyMomentum", attributes, inputs, 0);
    },
  });
}

/** Options of `adam()`. */
export interface AdamOptions {
  /** L2 penalty: `weightDecay * w` is added to each gradient; at least 0 (0). */
  readonly weightDecay?: number;
}

// Rounded to float32, in which the operation computes: 1 - 0.999 is 1.3e-5 off there,
// and the bias correction must match.
const BETA1 = Math.fround(0.9);
const BETA2 = Math.fround(0.999);
const EPSILON = 1e-8;

/**
 * Adam with the decay rates of its paper, 0.9 and 0.999. As in PyTorch, epsilon (1e-8)
 * is added to the root of the bias-corrected second moment.
 *
 * @param weights the trainable weights
 * @param options weight decay
 * @see D. P. Kingma and J. Ba, "Adam: A Method for Stochastic Optimization", ICLR
 * 2015
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { scalar, variable } from "@tensorflow/tfjs-node-gpu";
 * import { adam } from "@ils/label-smoothing/training";
 * const weight = variable(scalar(1));
 * const optimizer = adam([weight]);
 * optimizer.step([scalar(5)], 0.1); // the first step has the size of the rate
 * strictEqual(weight.dataSync()[0].toFixed(4), "0.9000");
 * optimizer.dispose();
 * ```
 */
export function adam(
  weights: readonly Variable[],
  options: AdamOptions = {},
): Optimizer {
  const { weightDecay = 0 } = options;
  return fusedOptimizer(weights, {
    slots: 2,
    weightDecay,
    numbers: adamNumbers,
    update: adamUpdate,
  });
}

/**
 * The scalars of a step for TensorFlow's Adam operation. The bias correction is
 * folded into the rate and epsilon, in float64, so the operation gets beta powers
 * of 0.
 *
 * @param step number of the step, from 1
 */
export function adamNumbers(learningRate: number, step: number): number[] {
  const root = Math.sqrt(1 - BETA2 ** step);
  const rate = learningRate * root / (1 - BETA1 ** step);
  return [0, 0, rate, BETA1, BETA2, EPSILON * root];
}

const ADAM_ATTRIBUTES = [
  attribute.type("T", FLOAT),
  attribute.bool("use_locking", false),
  attribute.bool("use_nesterov", false),
];

/**
 * One step of Adam, in place.
 *
 * @param handles resource variables: the weight and its two moments
 * @param numbers scalars from `adamNumbers()`
 */
function adamUpdate(
  handles: readonly tf.Tensor[],
  gradient: tf.Tensor,
  numbers: readonly tf.Tensor[],
): void {
  const inputs = [...handles, ...numbers, gradient];
  rawOp("ResourceApplyAdam", ADAM_ATTRIBUTES, inputs, 0);
}

interface Rule {
  /** Number of tensors of state per weight, each of the weight's shape. */
  readonly slots: number;
  readonly weightDecay: number;
  /** Scalars that `update` gets; steps count from 1. */
  readonly numbers: (learningRate: number, step: number) => number[];
  /** Updates a weight and its slots in place. */
  readonly update: (
    handles: readonly tf.Tensor[],
    gradient: tf.Tensor,
    numbers: readonly tf.Tensor[],
  ) => void;
}

function fusedOptimizer(
  weights: readonly tf.Variable[],
  rule: Rule,
): Optimizer {
  const values = weights.map((weight) => resourceVariable(weight));
  const slots = weights.map((weight) => zeroSlots(weight, rule.slots));
  const numbers = (learningRate: number, step: number) =>
    Float32Array.from(rule.numbers(learningRate, step));
  const update = (gradients: readonly Tensor[], numbers: Tensor1D) => {
    tf.tidy(() => {
      const scalars = tf.unstack(numbers);
      weights.forEach((weight, i) => {
        const decayed = rule.weightDecay === 0
          ? gradients[i]
          : tf.add(gradients[i], tf.mul(weight, rule.weightDecay));
        const handles = [values[i], ...slots[i]].map(({ handle }) => handle);
        rule.update(handles, decayed, scalars);
        weight.assign(values[i].read());
      });
    });
  };
  let steps = 0;
  return {
    tensors: [
      ...weights.map((variable, i) => ({ variable, handle: values[i].handle })),
      ...slots.flat().map(({ handle }) => ({ handle })),
    ],
    numbers,
    update,
    step: (gradients, learningRate) => {
      steps++;
      tf.tidy(() =>
        update(gradients, tf.tensor1d(numbers(learningRate, steps)))
      );
    },
    state: () => slots.flat().map((slot) => slot.read()),
    restore: (state, doneSteps) => {
      steps = doneSteps;
      slots.flat().forEach((slot, i) => slot.assign(state[i]));
      weights.forEach((weight, i) => values[i].assign(weight));
    },
    dispose: () => {
      [...values, ...slots.flat()].forEach((variable) => variable.dispose());
    },
  };
}

function zeroSlots(weight: tf.Tensor, count: number): ResourceVariable[] {
  const zeros = tf.zerosLike(weight);
  const slots = Array.from({ length: count }, () => resourceVariable(zeros));
  zeros.dispose();
  return slots;
}
