/**
 * Studies of when smoothing helps: networks by number of training images, label
 * noise, and architecture.
 */
import type { LabelNoise, RunSpec, TrainingSpec } from "../runs/spec.ts";
import type { ModelName } from "../models/model_name.ts";
import type { MethodName, MethodSpec } from "../smoothing/method.ts";
import type { NetworkPlan, NetworkSettings, StudentPlan } from "./profile.ts";
import { ils, ilsq, SGD, STUDENT, STUDENT_ADAM } from "./profile_settings.ts";

/** A plan per cell, that is per network, number of images, and label noise. */
export interface RegimeStudy {
  readonly name: string;
  /** What it contains, and about how long it takes on two cores. */
  readonly summary: string;
  readonly plans: readonly NetworkPlan[];
}

/** The label noise of a cell. */
export type NoiseKind = "none" | LabelNoise["kind"];

/** Share of the images that networks are trained on; the rest validates. */
const TRAIN_FRACTION = 0.8;

/** Of the labels of the cells with noise. */
const NOISE_RATE = 0.2;

/** What the cells of a study have in common. */
interface Grid {
  readonly dataset: string;
  /** Numbers of training images. */
  readonly sizes: readonly number[];
  readonly training: TrainingSpec;
  readonly candidates: readonly MethodSpec[];
  readonly student: StudentPlan;
  /** Number of seeds of the tuning. */
  readonly tuningSeeds: number;
  /** Number of `ce` networks that teach `mix`. */
  readonly members: number;
  /** A `ce` run on clean labels: its confusions make similar noise. */
  readonly confusions: RunSpec;
}

/** Which cells a network has. */
interface Network {
  readonly model: ModelName;
  readonly sizes: readonly number[];
  readonly noises: readonly NoiseKind[];
  readonly seeds: number;
  /** Of the tuned methods; all by default. */
  readonly methods?: readonly MethodName[];
  /** The network whose numbers it takes; its own by default. */
  readonly tunedOn?: ModelName;
  /** Whether its networks have students. */
  readonly distilled: boolean;
}

const NOISES: readonly NoiseKind[] = ["none", "even", "similar"];

/** The cells of networks, in their order. */
function cellsOf(grid: Grid, networks: readonly Network[]): NetworkPlan[] {
  return networks.flatMap((network) =>
    network.noises.flatMap((noise) =>
      network.sizes.map((size) => cellOf(grid, network, { noise, size }))
    )
  );
}

/**
 * A cell. Its seeds share one split, so that one ensemble can teach them all;
 * different sizes and kinds of noise have different images.
 */
function cellOf(
  grid: Grid,
  network: Network,
  { noise, size }: { noise: NoiseKind; size: number },
): NetworkPlan {
  const { model, seeds, methods, tunedOn = model, distilled } = network;
  const index = NOISES.indexOf(noise) * grid.sizes.length +
    grid.sizes.indexOf(size);
  const first = 1000 * (index + 1) + 1;
  const settings: NetworkSettings = {
    data: {
      dataset: grid.dataset,
      limit: size / TRAIN_FRACTION,
      trainFraction: TRAIN_FRACTION,
      splitSeed: first,
      ...noise === "none" ? {} : { noise: noiseOf(grid, noise, first) },
    },
    model,
    training: grid.training,
    ensemble: { firstSeed: first, members: grid.members },
  };
  const candidates = grid.candidates.filter(({ name }) =>
    methods === undefined || methods.includes(name)
  );
  return {
    ...settings,
    seeds: consecutive(first, seeds),
    methods: [{ name: "ce" }],
    tuning: {
      ...settings,
      model: tunedOn,
      seeds: consecutive(first + 100, grid.tuningSeeds),
      candidates,
    },
    student: distilled ? grid.student : null,
  };
}

function noiseOf(
  { confusions }: Grid,
  kind: LabelNoise["kind"],
  seed: number,
): LabelNoise {
  return kind === "even"
    ? { kind, rate: NOISE_RATE, seed }
    : { kind, rate: NOISE_RATE, seed, source: confusions };
}

function consecutive(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

function candidates(
  { epsilons, temperatures, p2s, maxEpsilons, lambdas }: {
    readonly epsilons: readonly number[];
    readonly temperatures: readonly number[];
    readonly p2s: readonly number[];
    readonly maxEpsilons: readonly number[];
    readonly lambdas: readonly number[];
  },
): MethodSpec[] {
  const shaped = <Spec>(of: (epsilon: number, temperature: number) => Spec) =>
    epsilons.flatMap((epsilon) =>
      temperatures.map((temperature) => of(epsilon, temperature))
    );
  return [
    ...epsilons.map((epsilon) => ({ name: "ls", epsilon } as const)),
    ...shaped(ils),
    ...shaped((epsilon, temperature) =>
      ({ name: "ils2", epsilon, temperature }) as const
    ),
    ...shaped((epsilon, temperature) =>
      ({ name: "cls", epsilon, temperature }) as const
    ),
    ...p2s.flatMap((p2) =>
      maxEpsilons.flatMap((maxEpsilon) =>
        temperatures.map((temperature) => ilsq({ p2, maxEpsilon, temperature }))
      )
    ),
    ...lambdas.map((lambda) => ({ name: "mix", lambda } as const)),
  ];
}

/** A `ce` run of the mlp on all of a data set. */
function onCleanLabels(dataset: string, training: TrainingSpec): RunSpec {
  return {
    data: { dataset, limit: null, trainFraction: TRAIN_FRACTION },
    model: "mlp",
    objective: { kind: "targets", method: { name: "ce" } },
    teacher: null,
    training,
    seed: 901,
  };
}

const MLP_STUDENT: StudentPlan = {
  ...STUDENT,
  methods: ["ce", "ls", "ilsq"],
  scaledTeachers: false,
  model: "mlp",
  training: { ...STUDENT_ADAM, batchSize: 128, epochs: 30, patience: 5 },
};

const FASHION: Grid = {
  dataset: "fashionmnist",
  sizes: [1000, 2000, 4000, 8000],
  training: { ...SGD, epochs: 30, patience: 10 },
  candidates: candidates({
    epsilons: [0.02, 0.05, 0.1, 0.2, 0.4],
    temperatures: [1, 4],
    p2s: [1, 2, 4],
    maxEpsilons: [0.2, 0.4],
    lambdas: [0.1, 0.3, 0.5, 0.7, 0.9],
  }),
  student: MLP_STUDENT,
  tuningSeeds: 2,
  members: 3,
  confusions: onCleanLabels("fashionmnist", {
    ...SGD,
    batchSize: 128,
    epochs: 12,
  }),
};

const EXCERPT: Grid = {
  ...FASHION,
  dataset: "excerpt",
  sizes: [100, 200],
  training: { ...SGD, epochs: 2 },
  candidates: candidates({
    epsilons: [0.1],
    temperatures: [1],
    p2s: [2],
    maxEpsilons: [0.2],
    lambdas: [0.3, 0.5],
  }),
  student: { ...MLP_STUDENT, training: { ...STUDENT_ADAM, epochs: 2 } },
  tuningSeeds: 1,
  members: 2,
  confusions: onCleanLabels("excerpt", { ...SGD, epochs: 2 }),
};

/** Convolutional networks have a part of the cells and the mlp's numbers. */
const CONVOLUTIONAL = {
  noises: ["none", "similar"],
  seeds: 3,
  methods: ["ls", "ilsq", "mix"],
  tunedOn: "mlp",
  distilled: false,
} as const satisfies Partial<Network>;

/** The studies of regimes by name. */
export const REGIME_STUDIES: Readonly<Record<string, RegimeStudy>> = Object
  .fromEntries(
    [
      {
        name: "smoke",
        summary: "the committed excerpt",
        plans: cellsOf(EXCERPT, [
          {
            model: "mlp",
            sizes: EXCERPT.sizes,
            noises: NOISES,
            seeds: 2,
            distilled: true,
          },
          { ...CONVOLUTIONAL, model: "lenet", sizes: [100], seeds: 2 },
        ]),
      },
      {
        name: "regimes",
        summary: "when smoothing helps: number of images, label noise, " +
          "networks; an hour on 2 cores",
        plans: cellsOf(FASHION, [
          {
            model: "mlp",
            sizes: FASHION.sizes,
            noises: NOISES,
            seeds: 5,
            distilled: true,
          },
          { ...CONVOLUTIONAL, model: "shallownet", sizes: [1000, 4000] },
          { ...CONVOLUTIONAL, model: "resnet8", sizes: [1000, 4000] },
        ]),
      },
      {
        name: "regimes-full",
        summary: "all networks, sizes and kinds of noise, each tuned; " +
          "for a cluster",
        plans: cellsOf(
          FASHION,
          (["mlp", "shallownet", "resnet8"] as const).map((model) => ({
            model,
            sizes: FASHION.sizes,
            noises: NOISES,
            seeds: 5,
            distilled: true,
          })),
        ),
      },
    ].map((study) => [study.name, study]),
  );
