import { attribute, FLOAT, rawOp, tf } from "../engine.ts";
import {
  type ResourceVariable,
  resourceVariable,
} from "./resource_variable.ts";

/** Something that moves weights against their gradients. */
export interface Optimizer {
  /**
   * One step.
   *
   * @param gradients in the order of the weights that the optimizer was made
   * for; the caller disposes them
   * @param learningRate greater than 0
   */
  step(gradients: readonly tf.Tensor[], learningRate: number): void;
  /** Copies of the optimizer's own numbers, to be saved; the caller's own. */
  state(): tf.Tensor[];
  /** Takes up what `state` gave, and the weights as they stand now. */
  restore(state: readonly tf.Tensor[], steps: number): void;
  dispose(): void;
}

/** What stochastic gradient descent is told. */
export interface SgdOptions {
  /** In [0, 1). */
  readonly momentum: number;
  /** L2 penalty: `weightDecay * w` is added to each gradient. */
  readonly weightDecay: number;
}

/**
 * Stochastic gradient descent with Nesterov momentum as PyTorch has it:
 * `g += weightDecay * w; v = momentum * v + g; w -= rate * (g + momentum * v)`.
 *
 * The velocity does not hold the learning rate, so a change of rate acts at
 * once on the whole step.
 */
export function sgd(
  weights: readonly tf.Variable[],
  { momentum, weightDecay }: SgdOptions,
): Optimizer {
  const momentumTensor = tf.keep(tf.scalar(momentum));
  const attributes = [
    attribute.type("T", FLOAT),
    attribute.bool("use_locking", false),
    attribute.bool("use_nesterov", true),
  ];
  return fusedOptimizer(weights, {
    slots: 1,
    weightDecay,
    constants: [momentumTensor],
    update: ([weight, velocity], gradient, learningRate) => {
      const rate = tf.scalar(learningRate);
      rawOp(
        "ResourceApplyMomentum",
        attributes,
        [weight, velocity, rate, gradient, momentumTensor],
        0,
      );
    },
  });
}

/** What Adam is told; the decay rates are those of its paper. */
export interface AdamOptions {
  readonly weightDecay?: number;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/**
 * Adam (Kingma and Ba 2015) with PyTorch's place for epsilon, beside the
 * bias-corrected root of the second moment.
 */
export function adam(
  weights: readonly tf.Variable[],
  { weightDecay = 0 }: AdamOptions = {},
): Optimizer {
  const beta1 = tf.keep(tf.scalar(BETA1));
  const beta2 = tf.keep(tf.scalar(BETA2));
  const attributes = [
    attribute.type("T", FLOAT),
    attribute.bool("use_locking", false),
    attribute.bool("use_nesterov", false),
  ];
  return fusedOptimizer(weights, {
    slots: 2,
    weightDecay,
    constants: [beta1, beta2],
    update: ([weight, first, second], gradient, learningRate, step) => {
      const power2 = BETA2 ** step;
      // TensorFlow adds epsilon before the bias correction, PyTorch after it.
      const epsilon = EPSILON * Math.sqrt(1 - power2);
      const numbers = [BETA1 ** step, power2, learningRate].map((x) =>
        tf.scalar(x)
      );
      rawOp("ResourceApplyAdam", attributes, [
        weight,
        first,
        second,
        ...numbers,
        beta1,
        beta2,
        tf.scalar(epsilon),
        gradient,
      ], 0);
    },
  });
}

interface Rule {
  /** Tensors that the optimizer keeps for each weight, all of its shape. */
  readonly slots: number;
  readonly weightDecay: number;
  readonly constants: readonly tf.Tensor[];
  /** Updates weight and slots in place; `step` counts from 1. */
  readonly update: (
    handles: readonly tf.Tensor[],
    gradient: tf.Tensor,
    learningRate: number,
    step: number,
  ) => void;
}

function fusedOptimizer(
  weights: readonly tf.Variable[],
  rule: Rule,
): Optimizer {
  const values = weights.map((weight) => resourceVariable(weight));
  const slots = weights.map((weight) => zeroSlots(weight, rule.slots));
  let steps = 0;
  return {
    step: (gradients, learningRate) => {
      steps++;
      tf.tidy(() =>
        weights.forEach((weight, i) => {
          const decayed = rule.weightDecay === 0
            ? gradients[i]
            : tf.add(gradients[i], tf.mul(weight, rule.weightDecay));
          const handles = [values[i], ...slots[i]].map(({ handle }) => handle);
          rule.update(handles, decayed, learningRate, steps);
          weight.assign(values[i].read());
        })
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
      tf.dispose([...rule.constants]);
    },
  };
}

function zeroSlots(weight: tf.Tensor, count: number): ResourceVariable[] {
  const zeros = tf.zerosLike(weight);
  const slots = Array.from({ length: count }, () => resourceVariable(zeros));
  zeros.dispose();
  return slots;
}
