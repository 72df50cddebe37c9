/** Settings that several profiles share. */
import type { MethodSpec } from "../smoothing/method.ts";
import type { TrainingSpec } from "../runs/spec.ts";

/** Seeds of the study: three runs of everything. */
export const SEEDS = [1, 2, 3];

/**
 * Training of most networks, on one thread, so that the results do not depend
 * on the number of cores.
 */
export const SGD: TrainingSpec = {
  optimizer: "sgd",
  learningRate: 0.05,
  momentum: 0.9,
  weightDecay: 1e-4,
  milestones: [0.5, 0.75],
  gamma: 0.1,
  batchSize: 64,
  epochs: 10,
  patience: null,
  threads: 1,
};

/**
 * Training of students: Adam at the study's 1e-2, a tenth of it in the last
 * third.
 */
export const STUDENT_ADAM: TrainingSpec = {
  optimizer: "adam",
  learningRate: 0.01,
  momentum: 0,
  weightDecay: 0,
  milestones: [2 / 3],
  gamma: 0.1,
  batchSize: 256,
  epochs: 4,
  patience: null,
  threads: 1,
};

/** Distillation settings of students: the study's numbers. */
export const STUDENT = {
  model: "shallownet",
  alpha: 0.9,
  temperature: 20,
} as const;

/** The study's three methods, with the numbers of its worked example. */
export const METHODS: readonly MethodSpec[] = [
  { name: "ce" },
  { name: "ls", epsilon: 0.1 },
  { name: "ils", epsilon: 0.1, temperature: 1, scores: "probabilities" },
];

/** A small grid of `ils`. */
export const GRID = { epsilons: [0.05, 0.1, 0.2], temperatures: [1, 2, 4] };

/** The settings of t-SNE. */
export const TSNE = {
  perplexity: 30,
  iterations: 1000,
};
