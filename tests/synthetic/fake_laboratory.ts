/** Laboratories that are quick: one that trains little, one not at all. */
import type {
  Job,
  Laboratory,
  Network,
} from "../../lib/synthetic/laboratory.ts";
import { openLaboratory } from "../../lib/synthetic/laboratory.ts";
import { type SyntheticSpec, syntheticSpec } from "../../lib/synthetic/spec.ts";
import { matrix } from "../../lib/matrix.ts";
import { asLogits, type Logits } from "../../lib/matrix_kinds.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { fitStack } from "../../lib/training/stack/fit_stack.ts";

/** Settings with which a network takes a few milliseconds. */
export const SMALL = {
  hiddenLayers: 1,
  testPerClass: 20,
  batchSize: null,
  studentSeeds: 2,
  members: 5,
} as const;

/** A data set with the training as it is, of one hidden layer. */
export function smallLaboratory(
  number = 0,
  changes: Partial<SyntheticSpec> = {},
): Laboratory {
  return openLaboratory(number, syntheticSpec({ ...SMALL, ...changes }));
}

/** The same, but that every network is trained for three epochs alone. */
export function hastyLaboratory(
  changes: Partial<SyntheticSpec> = {},
): Laboratory {
  const laboratory = smallLaboratory(0, { trainPerClass: 10, ...changes });
  const { data: { train: { points, labels }, validation } } = laboratory;
  return {
    ...laboratory,
    train: (jobs) =>
      fitStack(
        jobs.map(({ rows = Int32Array.from(labels.keys()), ...job }) => (
          { seed: 1, rows, ...job }
        )),
        { points, validation },
        {
          widths: [2, 64, laboratory.classes],
          learningRate: 0.01,
          batchSize: null,
          epochs: 3,
          patience: 3,
        },
      ).map((trained, i) => ({ ...trained, name: jobs[i].name })),
  };
}

/** A part of the data. */
export type Part = Parameters<Laboratory["ask"]>[1];

/** What a laboratory without training has its networks say and score. */
export interface Fake {
  /** Of the network that was trained as the n-th, from 0, `[rows, classes]`. */
  readonly say?: (place: number, part: Part) => Logits<Float32Array>;
  /** Its validation log loss, 1 unless given. */
  readonly loss?: (place: number, job: Job) => number;
}

/** A laboratory that trains nothing, and keeps what it was asked to train. */
export interface FakeLaboratory {
  readonly laboratory: Laboratory;
  /** All jobs, in their order. */
  readonly jobs: Job[];
  /** How many jobs each call of `train` had. */
  readonly calls: number[];
}

/**
 * A laboratory whose networks say `numberedLogits()` unless told otherwise:
 * each differs from all others, and so does each of its rows.
 */
export function fakeLaboratory(
  changes: Partial<SyntheticSpec> = {},
  { say, loss = () => 1 }: Fake = {},
): FakeLaboratory {
  const laboratory = smallLaboratory(0, changes);
  const { data } = laboratory;
  const places = new Map<Network, number>();
  const jobs: Job[] = [];
  const calls: number[] = [];
  const speak = say ??
    ((place, part) => numberedLogits(place, data[part].labels.length));
  return {
    jobs,
    calls,
    laboratory: {
      ...laboratory,
      train: (wanted) => {
        calls.push(wanted.length);
        return wanted.map((job) => {
          const place = jobs.push(job) - 1;
          const network: Network = {
            name: job.name,
            weights: [],
            epochs: 10 + place,
            bestEpoch: 1,
            validationLogLoss: loss(place, job),
          };
          places.set(network, place);
          return network;
        });
      },
      ask: (networks, part) =>
        networks.map((network) => speak(places.get(network)!, part)),
    },
  };
}

/**
 * What the fake's networks say: `[place / 4, row / 50, 0]` up to the 16th, and
 * as different things after it.
 */
export function numberedLogits(
  place: number,
  rows: number,
): Logits<Float32Array> {
  const data = new Float32Array(3 * rows);
  for (let row = 0; row < rows; row++) {
    data.set([place % 16 / 4, row / 50, -Math.floor(place / 16) / 8], 3 * row);
  }
  return asLogits(matrix(data, 3));
}

/** Probabilities of logits, as a job's targets hold them. */
export function probabilities(logits: Logits): Float32Array {
  return Float32Array.from(softmax(logits).data);
}
