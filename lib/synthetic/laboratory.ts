import {
  type CirclesDataset,
  circlesDataset,
  layoutNamed,
  STUDY_SIZES,
} from "./circles.ts";
import type { Logits, Points, Probabilities } from "../matrix_kinds.ts";
import { fitStack } from "../training/stack/fit_stack.ts";
import type { TrainedReplica } from "../training/stack/types.ts";
import type { Widths } from "../training/stack/initial_weights.ts";
import { predictNetworks } from "../training/stack/stack_weights.ts";
import { HIDDEN_UNITS, TRAINING } from "./study_numbers.ts";
import type { SyntheticSpec } from "./spec.ts";

/** A network to be trained. */
export interface Job {
  /**
   * Its random streams hang on it: networks of one name and data set start
   * alike and see the points in the same order.
   */
  readonly name: string;
  /** `[train, classes]` */
  readonly targets: Probabilities<Float32Array>;
  /** The training points that it sees; all unless given. */
  readonly rows?: Int32Array;
}

/** A trained network by its name. */
export interface Network extends TrainedReplica {
  readonly name: string;
}

/** How much was trained. */
export interface Work {
  readonly networks: number;
  /** Mean over networks; 0 where there are none. */
  readonly epochs: number;
}

/** What networks took. */
export function workOf(networks: readonly Network[]): Work {
  const epochs = networks.reduce((sum, { epochs }) => sum + epochs, 0);
  const count = networks.length;
  return { networks: count, epochs: count === 0 ? 0 : epochs / count };
}

/** One data set with what is needed to train on it and to ask networks. */
export interface Laboratory {
  /** Tells the data set from all others. */
  readonly name: string;
  readonly spec: SyntheticSpec;
  readonly data: CirclesDataset;
  readonly classes: number;
  /** Trains networks, as many at once as are faster so. */
  train(jobs: readonly Job[]): Network[];
  /** What networks say of a part of the data, `[n, classes]` each. */
  ask(
    networks: readonly Network[],
    part: "train" | "validation" | "test",
  ): Logits<Float32Array>[];
  /** The same of any points, `[n, 2]`. */
  askAt(
    networks: readonly Network[],
    points: Points<Float32Array>,
  ): Logits<Float32Array>[];
}

/** The laboratory of one data set. */
export function openLaboratory(
  number: number,
  spec: SyntheticSpec,
): Laboratory {
  const layout = layoutNamed(spec.layout);
  const classes = layout.classes.length;
  const data = circlesDataset(layout, number, {
    seed: spec.seed,
    sizes: {
      ...STUDY_SIZES,
      train: spec.trainPerClass,
      test: spec.testPerClass,
    },
  });
  const widths: Widths = [
    2,
    ...new Array<number>(spec.hiddenLayers).fill(HIDDEN_UNITS),
    classes,
  ];
  const all = Int32Array.from(data.train.labels.keys());
  const { validation, train: { points } } = data;
  const options = { ...TRAINING, widths, batchSize: spec.batchSize };
  const askAt: Laboratory["askAt"] = (networks, points) =>
    predictNetworks(networks.map(({ weights }) => weights), widths, points);
  return {
    name: `${spec.seed}/${number}`,
    spec,
    data,
    classes,
    train: (jobs) => {
      const replicas = jobs.map(({ name, targets, rows = all }) => ({
        seed: spec.seed,
        name: `${number}/${name}`,
        rows,
        targets,
      }));
      return fitStack(replicas, { points, validation }, options)
        .map((trained, i) => ({ ...trained, name: jobs[i].name }));
    },
    ask: (networks, part) => askAt(networks, data[part].points),
    askAt,
  };
}
