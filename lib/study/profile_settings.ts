/** Settings that several profiles share. */
import type { MethodSpec } from "../smoothing/method.ts";
import type { StudentPlan } from "./profile.ts";
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
  methods: ["ce", "ls", "ils"],
  scaledTeachers: true,
  model: "shallownet",
  alpha: 0.9,
  temperature: 20,
} as const satisfies Omit<StudentPlan, "training">;

/** The study's three methods, with the numbers of its worked example. */
export const METHODS: readonly MethodSpec[] = [
  { name: "ce" },
  { name: "ls", epsilon: 0.1 },
  { name: "ils", epsilon: 0.1, temperature: 1, scores: "probabilities" },
];

/** Numbers from which those of `ls`, `ils` and `ilsq` are chosen. */
export const CANDIDATES: readonly MethodSpec[] = [
  ...[0.01, 0.02, 0.05, 0.1, 0.2].map((epsilon) =>
    ({ name: "ls", epsilon }) as const
  ),
  ...[0.02, 0.05, 0.1].flatMap((epsilon) =>
    [1, 2, 4].map((temperature) => ils(epsilon, temperature))
  ),
  ...[1, 2, 4].flatMap((p2) =>
    [1, 2, 4].map((temperature) => ilsq({ p2, maxEpsilon: 0.2, temperature }))
  ),
];

/** `ils` with probabilities as scores. */
export function ils(epsilon: number, temperature: number): MethodSpec {
  return { name: "ils", epsilon, temperature, scores: "probabilities" };
}

/** `ilsq` with the study's P1. */
export function ilsq(
  numbers: {
    readonly p2: number;
    readonly maxEpsilon: number;
    readonly temperature: number;
  },
): MethodSpec {
  return { name: "ilsq", p1: 0.8, ...numbers };
}

/** The settings of t-SNE. */
export const TSNE = {
  perplexity: 30,
  iterations: 1000,
};
