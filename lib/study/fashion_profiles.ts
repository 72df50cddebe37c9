import type { MethodSpec } from "../smoothing/method.ts";
import type { Profile } from "./profile.ts";
import {
  GRID,
  METHODS,
  SEEDS,
  SGD,
  STUDENT,
  STUDENT_ADAM,
  TSNE,
} from "./profile_settings.ts";
import type { TrainingSpec } from "../runs/spec.ts";

const MLP_SGD: TrainingSpec = {
  ...SGD,
  learningRate: 0.1,
  batchSize: 128,
  epochs: 8,
};

/**
 * The study's three methods with a softened teacher, and later variants of
 * `ils`.
 */
const SOFTENED: readonly MethodSpec[] = [
  { name: "ce" },
  { name: "ls", epsilon: 0.1 },
  { name: "ils", epsilon: 0.1, temperature: 2, scores: "probabilities" },
  { name: "ils2", epsilon: 0.1, temperature: 2 },
  { name: "ilsq", p1: 0.8, p2: 2, maxEpsilon: 0.2, temperature: 2 },
];

const FASHION_DENSENET = {
  dataset: "Fashion-MNIST",
  network: "DenseNet",
} as const;

/** T-shirt, pullover, coat, shirt. */
const ALIKE = [0, 2, 4, 6];

/** Fashion-MNIST at three sizes. */
export const FASHION_PROFILES: readonly Profile[] = [
  {
    name: "smoke",
    summary: "the committed excerpt, to check that everything runs; 2 minutes",
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
    embedding: {
      ...TSNE,
      alike: ALIKE,
      pointsPerClass: 20,
      perplexity: 15,
      iterations: 500,
    },
    least: { accuracy: 0.4, studentAccuracy: 0.3 },
    published: FASHION_DENSENET,
  },
  {
    name: "quick",
    summary: "part of Fashion-MNIST, small networks; 4 minutes on 2 cores",
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
    embedding: { ...TSNE, alike: ALIKE, pointsPerClass: 150 },
    least: { accuracy: 0.87, studentAccuracy: 0.7 },
    published: FASHION_DENSENET,
  },
  {
    name: "standard",
    summary: "all of Fashion-MNIST; an hour and a half on two cores",
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
    embedding: { ...TSNE, alike: ALIKE, pointsPerClass: 300 },
    least: { accuracy: 0.87, studentAccuracy: 0.7 },
    published: FASHION_DENSENET,
  },
];
