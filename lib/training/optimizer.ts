import { attribute, FLOAT, rawOp, tf } from "../engine/engine.ts";
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

/** What Adam is told; the decay rates are those of its paper. */
export interface AdamOptions {
  readonly weightDecay?: number;
}

// As float32, which the operation computes in: 1 - 0.999 is 1.3e-5 off there,
// and the bias correction must be off by the same.
const BETA1 = Math.fround(0.9);
const BETA2 = Math.fround(0.999);
const EPSILON = 1e-8;

/**
 * Adam (Kingma and Ba 2015) with PyTorch's place for epsilon, beside the
 * bias-corrected root of the second moment.
 */
export function adam(
  weights: readonly tf.Variable[],
  { weightDecay = 0 }: AdamOptions = {},
): Optimizer {
  return fusedOptimizer(weights, {
    slots: 2,
    weightDecay,
    numbers: adamNumbers,
    update: adamUpdate,
  });
}

/**
 * What `adamUpdate` is told of a step. The bias correction is in the rate, in
 * float64, so that the operation is given powers of 0; it adds epsilon ahead
 * of that correction.
 *
 * @param step counted from 1
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
 * @param handles of the weight and its two moments, resource variables
 * @param numbers scalars of what `adamNumbers` gives
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
  /** Tensors that the optimizer keeps for each weight, all of its shape. */
  readonly slots: number;
  readonly weightDecay: number;
  /** What `update` is told of a step, counted from 1. */
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
  let steps = 0;
  return {
    step: (gradients, learningRate) => {
      steps++;
      tf.tidy(() => {
        const numbers = rule.numbers(learningRate, steps)
          .map((number) => tf.scalar(number));
        weights.forEach((weight, i) => {
          const decayed = rule.weightDecay === 0
            ? gradients[i]
            : tf.add(gradients[i], tf.mul(weight, rule.weightDecay));
          const handles = [values[i], ...slots[i]].map(({ handle }) => handle);
          rule.update(handles, decayed, numbers);
          weight.assign(values[i].read());
        });
      });
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
