import type { ModelName } from "../models/model_name.ts";
import type { NetworkPlan, Profile, StudentPlan } from "./profile.ts";
import {
  CANDIDATES,
  ils,
  ilsq,
  SEEDS,
  SGD,
  STUDENT,
  STUDENT_ADAM,
  TSNE,
} from "./profile_settings.ts";
import type { TrainingSpec } from "../runs/spec.ts";

/** `ce`, the teacher of all; the numbers of all other methods are chosen. */
const CE = [{ name: "ce" }] as const;

/**
 * Training on few images: more epochs than the best one needs, and the rate is
 * lowered twice.
 */
const FEW_SGD: TrainingSpec = { ...SGD, epochs: 30, patience: 10 };

/** Training on all images. */
const ALL_SGD: TrainingSpec = { ...SGD, batchSize: 128, epochs: 12 };

/** Students of `lenet`, trained until they stop improving. */
const LENET_STUDENT: StudentPlan = {
  ...STUDENT,
  methods: ["ce", "ls", "ilsq"],
  model: "lenet",
  training: { ...STUDENT_ADAM, batchSize: 128, epochs: 40, patience: 5 },
};

const FASHION_DENSENET = {
  dataset: "Fashion-MNIST",
  network: "DenseNet",
} as const;

/** Pullover, coat and shirt. */
const ALIKE = [2, 4, 6] as const;

/** Training and validation images: 4,000 to train on, 48,000 to train on. */
const FEW = { dataset: "fashionmnist", limit: 5_000, trainFraction: 0.8 };
const ALL = { dataset: "fashionmnist", limit: null, trainFraction: 0.8 };

/** Every value once, to check that everything runs. */
const SMOKE: NetworkPlan = {
  seeds: SEEDS,
  data: { dataset: "excerpt", limit: null, trainFraction: 0.8 },
  model: "lenet",
  training: { ...SGD, batchSize: 32, epochs: 4 },
  methods: CE,
  tuning: {
    seeds: [11],
    data: { dataset: "excerpt", limit: 400, trainFraction: 0.8 },
    model: "lenet",
    training: { ...SGD, batchSize: 32, epochs: 1 },
    candidates: [
      ...[0.05, 0.1].map((epsilon) => ({ name: "ls", epsilon } as const)),
      ...[0.05, 0.1].flatMap((epsilon) =>
        [1, 2].map((temperature) => ils(epsilon, temperature))
      ),
      ...[1, 2].map((p2) => ilsq({ p2, maxEpsilon: 0.2, temperature: 2 })),
    ],
  },
  student: {
    ...LENET_STUDENT,
    training: { ...STUDENT_ADAM, batchSize: 32, epochs: 2 },
  },
};

/** 4,000 images, on which the numbers of the methods are chosen. */
function onFew(model: ModelName, tuningSeeds: readonly number[]): NetworkPlan {
  const settings = { data: FEW, model, training: FEW_SGD };
  return {
    ...settings,
    seeds: SEEDS,
    methods: CE,
    tuning: { ...settings, seeds: tuningSeeds, candidates: CANDIDATES },
    student: LENET_STUDENT,
  };
}

/** All images, with the numbers that were chosen on few. */
function onAll(few: NetworkPlan): NetworkPlan {
  return { ...few, data: ALL, training: ALL_SGD };
}

const LENET = onFew("lenet", [11, 12]);
const SHALLOWNET = onFew("shallownet", [11]);
const RESNET8 = onFew("resnet8", [11]);

/** Fashion-MNIST at three sizes. */
export const FASHION_PROFILES: readonly Profile[] = [
  {
    ...SMOKE,
    name: "smoke",
    summary: "the committed excerpt, to check that everything runs; 2 minutes",
    others: [],
    embedding: {
      ...TSNE,
      alike: ALIKE,
      pointsPerClass: 20,
      perplexity: 15,
    },
    least: { accuracy: 0.4, studentAccuracy: 0.3 },
    published: FASHION_DENSENET,
  },
  {
    ...onFew("mlp", [141, 142, 143]),
    name: "quick",
    summary: "4,000 images of Fashion-MNIST, 10 seeds; 5 minutes on 2 cores",
    // No pilot has used these seeds.
    seeds: [31, 32, 33, 34, 35, 36, 37, 38, 39, 40],
    others: [],
    // 60 students: a fixed number of epochs keeps the time short.
    student: {
      ...LENET_STUDENT,
      training: { ...LENET_STUDENT.training, epochs: 10, patience: null },
    },
    embedding: { ...TSNE, alike: ALIKE, pointsPerClass: 80 },
    least: { accuracy: 0.78, studentAccuracy: 0.75 },
    published: FASHION_DENSENET,
  },
  {
    ...LENET,
    name: "standard",
    summary:
      "three networks on few and on all images of Fashion-MNIST; 2 hours",
    others: [SHALLOWNET, RESNET8, onAll(LENET), onAll(SHALLOWNET)],
    embedding: { ...TSNE, alike: ALIKE, pointsPerClass: 80 },
    least: { accuracy: 0.75, studentAccuracy: 0.7 },
    published: FASHION_DENSENET,
  },
];
