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

/** A network to train. */
export interface Job {
  /**
   * Names its random streams: networks with the same name and data set have the
   * same initial weights and see the points in the same order.
   */
  readonly name: string;
  /** `[train, classes]` */
  readonly targets: Probabilities<Float32Array>;
  /** Indices of the training points to use; all by default. */
  readonly rows?: Int32Array;
}

/** A trained network and its name. */
export interface Network extends TrainedReplica {
  readonly name: string;
}

/** Training cost. */
export interface Work {
  readonly networks: number;
  /** Mean over networks; 0 without networks. */
  readonly epochs: number;
}

/** Returns the training cost of networks. */
export function workOf(networks: readonly Network[]): Work {
  const epochs = networks.reduce((sum, { epochs }) => sum + epochs, 0);
  const count = networks.length;
  return { networks: count, epochs: count === 0 ? 0 : epochs / count };
}

/**
 * One data set, with functions that train networks on it and predict with them.
 */
export interface Laboratory {
  /** Identifies the data set: its seed and number. */
  readonly name: string;
  readonly spec: SyntheticSpec;
  readonly data: CirclesDataset;
  readonly classes: number;
  /** Trains networks in stacks, as many at a time as is fastest. */
  train(jobs: readonly Job[]): Network[];
  /** The networks' logits for a part of the data, `[n, classes]` each. */
  predict(
    networks: readonly Network[],
    part: "train" | "validation" | "test",
  ): Logits<Float32Array>[];
  /** The networks' logits for any points, `[n, 2]`. */
  predictAt(
    networks: readonly Network[],
    points: Points<Float32Array>,
  ): Logits<Float32Array>[];
}

/** Creates the laboratory of one data set. */
export function openLaboratory(
  number: number,
  spec: SyntheticSpec,
): Laboratory {
  const data = openData(number, spec);
  const classes = data.layout.classes.length;
  const hidden = new Array<number>(spec.hiddenLayers).fill(HIDDEN_UNITS);
  const widths: Widths = [2, ...hidden, classes];
  const all = Int32Array.from(data.train.labels.keys());
  const { validation, train: { points } } = data;
  const options = { ...TRAINING, widths, batchSize: spec.batchSize };
  const predictAt: Laboratory["predictAt"] = (networks, points) =>
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
    predict: (networks, part) => predictAt(networks, data[part].points),
    predictAt,
  };
}

function openData(number: number, spec: SyntheticSpec): CirclesDataset {
  return circlesDataset(layoutNamed(spec.layout), number, {
    seed: spec.seed,
    sizes: {
      ...STUDY_SIZES,
      train: spec.trainPerClass,
      test: spec.testPerClass,
    },
  });
}
