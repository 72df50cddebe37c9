import type { ModelName } from "../models/model_name.ts";
import type { Profile } from "./profile.ts";
import {
  METHODS,
  SEEDS,
  SGD,
  STUDENT,
  STUDENT_ADAM,
  TSNE,
} from "./profile_settings.ts";
import type { DataSpec, TrainingSpec } from "../runs/spec.ts";

/**
 * The study's setup for its table of real data: learning rate 0.1, batches of
 * 512, at most 100 epochs, patience 10. Its code lowers the rate at epoch 80.
 */
const TRAINING: TrainingSpec = {
  ...SGD,
  learningRate: 0.1,
  milestones: [0.8],
  batchSize: 512,
  epochs: 100,
  patience: 10,
};

/** The study's students: Adam at a constant rate, 150 epochs. */
const STUDENT_TRAINING: TrainingSpec = {
  ...STUDENT_ADAM,
  milestones: [],
  epochs: 150,
};

/**
 * Returns the profile of one data set and network of the study, with its
 * settings.
 */
function paperProfile(
  model: ModelName,
  { dataset, ...rest }:
    & { readonly dataset: string }
    & Pick<Profile, "least" | "published">
    & Pick<Profile["embedding"], "alike" | "pointsPerClass">,
): Profile {
  const { least, published, ...embedding } = rest;
  const data: DataSpec = { dataset, limit: null, trainFraction: 0.8 };
  const name = `paper-${dataset}-${model}`;
  return {
    name,
    summary: `${published.network} on ${published.dataset} as in the study; ` +
      "for a GPU",
    seeds: SEEDS,
    data,
    model,
    training: TRAINING,
    methods: METHODS,
    others: [],
    tuning: null,
    student: { ...STUDENT, training: STUDENT_TRAINING },
    embedding: { ...TSNE, ...embedding },
    least,
    published,
  };
}

/** Three classes that look alike: cat, deer and dog. */
const CIFAR10 = {
  dataset: "cifar10",
  alike: [3, 4, 5],
  pointsPerClass: 300,
} as const;

/** The study's four pairs of data set and network, in the order of its table. */
export const PAPER_PROFILES: readonly Profile[] = [
  paperProfile("resnet18", {
    ...CIFAR10,
    least: { accuracy: 0.8, studentAccuracy: 0.7 },
    published: { dataset: "CIFAR-10", network: "ResNet18" },
  }),
  paperProfile("inceptionv4", {
    ...CIFAR10,
    least: { accuracy: 0.75, studentAccuracy: 0.7 },
    published: { dataset: "CIFAR-10", network: "InceptionV4" },
  }),
  paperProfile("resnet50", {
    dataset: "cifar100",
    // Boy, girl and woman.
    alike: [11, 35, 98],
    pointsPerClass: 30,
    least: { accuracy: 0.5, studentAccuracy: 0.4 },
    published: { dataset: "CIFAR-100", network: "ResNet50" },
  }),
  paperProfile("densenet161", {
    dataset: "fashionmnist",
    // Pullover, coat and shirt.
    alike: [2, 4, 6],
    pointsPerClass: 300,
    least: { accuracy: 0.9, studentAccuracy: 0.85 },
    published: { dataset: "Fashion-MNIST", network: "DenseNet" },
  }),
];

/** CIFAR-10 at a size that a CPU trains in hours. */
export const STANDARD_CIFAR10: Profile = {
  ...PAPER_PROFILES[0],
  name: "standard-cifar10",
  summary: "all of CIFAR-10 with a small residual network; hours on a CPU",
  model: "resnet8",
  training: { ...SGD, learningRate: 0.1, batchSize: 128, epochs: 15 },
  student: {
    ...STUDENT,
    training: { ...STUDENT_ADAM, epochs: 5 },
  },
  least: { accuracy: 0.6, studentAccuracy: 0.5 },
};
