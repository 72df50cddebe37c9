import { BadInput } from "../bad_input.ts";
import type { ModelName } from "../models/model_name.ts";
import type { MethodSpec } from "../smoothing/method.ts";
import type { DataSpec, TrainingSpec } from "./run_spec.ts";

/** A whole study in one size: what `reproduce --profile` runs. */
export interface Profile {
  readonly name: string;
  /** What it is, and about how long it takes on two cores. */
  readonly summary: string;
  readonly seeds: readonly number[];
  readonly data: DataSpec;
  readonly model: ModelName;
  readonly training: TrainingSpec;
  /** What the networks are trained with; `ce`, `ls` and `ils` are among them. */
  readonly methods: readonly MethodSpec[];
  /** Networks of other architectures, which teach no student. */
  readonly others: readonly NetworkPlan[];
  readonly student: StudentPlan;
  readonly grid: GridPlan;
  readonly embedding: EmbeddingPlan;
}

/** Networks of one architecture, trained on a profile's data and seeds. */
export interface NetworkPlan {
  readonly model: ModelName;
  readonly training: TrainingSpec;
  /** `ce` is among them where another needs a teacher. */
  readonly methods: readonly MethodSpec[];
}

/** A small choice of numbers on validation data, with one seed. */
export interface GridPlan {
  readonly data: DataSpec;
  readonly training: TrainingSpec;
  readonly epsilons: readonly number[];
  readonly temperatures: readonly number[];
}

/** How the students of a profile are taught. */
export interface StudentPlan {
  readonly data: DataSpec;
  readonly model: ModelName;
  readonly training: TrainingSpec;
  readonly alpha: number;
  readonly temperature: number;
}

/** What t-SNE looks at: the first test images of each class. */
export interface EmbeddingPlan {
  readonly pointsPerClass: number;
  readonly perplexity: number;
  readonly iterations: number;
}

/** Seeds of the study: three runs of everything. */
const SEEDS = [1, 2, 3];

const SGD: TrainingSpec = {
  optimizer: "sgd",
  learningRate: 0.05,
  momentum: 0.9,
  weightDecay: 1e-4,
  milestones: [0.5, 0.75],
  gamma: 0.1,
  batchSize: 64,
  epochs: 10,
  patience: null,
};

const MLP_SGD: TrainingSpec = {
  ...SGD,
  learningRate: 0.1,
  batchSize: 128,
  epochs: 8,
};

/** The study's student: Adam at 1e-2, a tenth of it in the last third. */
const STUDENT_ADAM: TrainingSpec = {
  optimizer: "adam",
  learningRate: 0.01,
  momentum: 0,
  weightDecay: 0,
  milestones: [2 / 3],
  gamma: 0.1,
  batchSize: 256,
  epochs: 4,
  patience: null,
};

const STUDENT = {
  model: "shallownet",
  alpha: 0.9,
  temperature: 20,
} as const;

/** The study's three, with the numbers of its worked example. */
const METHODS: readonly MethodSpec[] = [
  { name: "ce" },
  { name: "ls", epsilon: 0.1 },
  { name: "ils", epsilon: 0.1, temperature: 1, scores: "probabilities" },
];

/** The same from a softened teacher, and its later forms. */
const SOFTENED: readonly MethodSpec[] = [
  { name: "ce" },
  { name: "ls", epsilon: 0.1 },
  { name: "ils", epsilon: 0.1, temperature: 2, scores: "probabilities" },
  { name: "ils2", epsilon: 0.1, temperature: 2 },
  { name: "ilsq", p1: 0.8, p2: 2, maxEpsilon: 0.2, temperature: 2 },
];

const GRID = { epsilons: [0.05, 0.1, 0.2], temperatures: [1, 2, 4] };

/** The profiles by name. */
export const PROFILES: Readonly<Record<string, Profile>> = {
  smoke: {
    name: "smoke",
    summary: "the committed excerpt, a check that all of it runs; 2 minutes",
    seeds: SEEDS,
    data: { dataset: "excerpt", limit: null, trainFraction: 0.8 },
    model: "lenet",
    training: { ...SGD, batchSize: 32, epochs: 4 },
    methods: METHODS,
    others: [],
    student: {
      ...STUDENT,
      data: { dataset: "excerpt", limit: 500, trainFraction: 0.8 },
      training: { ...STUDENT_ADAM, batchSize: 32, epochs: 2 },
    },
    grid: {
      ...GRID,
      data: { dataset: "excerpt", limit: 400, trainFraction: 0.8 },
      training: { ...SGD, batchSize: 32, epochs: 1 },
    },
    embedding: { pointsPerClass: 20, perplexity: 15, iterations: 500 },
  },
  quick: {
    name: "quick",
    summary: "a part of Fashion-MNIST, small networks; 10 minutes at most",
    seeds: SEEDS,
    data: { dataset: "fashionmnist", limit: 40_000, trainFraction: 0.8 },
    model: "mlp",
    training: MLP_SGD,
    methods: METHODS,
    others: [],
    student: {
      ...STUDENT,
      data: { dataset: "fashionmnist", limit: 4_000, trainFraction: 0.8 },
      training: STUDENT_ADAM,
    },
    grid: {
      ...GRID,
      data: { dataset: "fashionmnist", limit: 5_000, trainFraction: 0.8 },
      training: { ...MLP_SGD, epochs: 6 },
    },
    embedding: { pointsPerClass: 150, perplexity: 30, iterations: 1000 },
  },
  standard: {
    name: "standard",
    summary: "the whole of Fashion-MNIST; two hours on two cores",
    seeds: SEEDS,
    data: { dataset: "fashionmnist", limit: null, trainFraction: 0.8 },
    model: "lenet",
    training: { ...SGD, epochs: 12 },
    methods: SOFTENED,
    others: [{
      model: "shallownet",
      training: { ...SGD, learningRate: 0.1, batchSize: 128, epochs: 4 },
      methods: SOFTENED.slice(0, 3),
    }],
    student: {
      ...STUDENT,
      data: { dataset: "fashionmnist", limit: null, trainFraction: 0.8 },
      training: { ...STUDENT_ADAM, epochs: 3 },
    },
    grid: {
      ...GRID,
      data: { dataset: "fashionmnist", limit: 20_000, trainFraction: 0.8 },
      training: { ...SGD, batchSize: 64, epochs: 8 },
    },
    embedding: { pointsPerClass: 300, perplexity: 30, iterations: 1000 },
  },
};

/** @throws {BadInput} if there is no profile of that name */
export function profileNamed(name: string): Profile {
  if (Object.hasOwn(PROFILES, name)) return PROFILES[name];
  throw new BadInput(
    `Profile must be one of ${Object.keys(PROFILES).join(", ")}: ` +
      `current value is ${name}`,
  );
}
