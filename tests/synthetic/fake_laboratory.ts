/** Fast laboratories: one that trains little, one that does not train. */
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

/** Settings with which a network trains in a few milliseconds. */
export const SMALL = {
  hiddenLayers: 1,
  testPerClass: 20,
  batchSize: null,
  studentSeeds: 2,
  members: 5,
} as const;

/** A laboratory with the usual training, of networks with one hidden layer. */
export function smallLaboratory(
  number = 0,
  changes: Partial<SyntheticSpec> = {},
): Laboratory {
  return openLaboratory(number, syntheticSpec({ ...SMALL, ...changes }));
}

/** A small laboratory that trains every network for only three epochs. */
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
export type Part = Parameters<Laboratory["predict"]>[1];

/** Predictions and losses of the networks of a fake laboratory. */
export interface Fake {
  /** Logits of the network trained at a place (from 0), `[rows, classes]`. */
  readonly logits?: (place: number, part: Part) => Logits<Float32Array>;
  /** Its validation log loss, 1 by default. */
  readonly loss?: (place: number, job: Job) => number;
}

/** A laboratory that trains nothing and records the jobs. */
export interface FakeLaboratory {
  readonly laboratory: Laboratory;
  /** All jobs, in their order. */
  readonly jobs: Job[];
  /** Number of jobs in each call of `train`. */
  readonly calls: number[];
}

/**
 * Returns a laboratory whose networks predict `numberedLogits()` by default:
 * each network differs from all others, and so does each row.
 */
export function fakeLaboratory(
  changes: Partial<SyntheticSpec> = {},
  { logits, loss = () => 1 }: Fake = {},
): FakeLaboratory {
  const laboratory = smallLaboratory(0, changes);
  const { data } = laboratory;
  const places = new Map<Network, number>();
  const jobs: Job[] = [];
  const calls: number[] = [];
  const logitsOf = logits ??
    ((place, part) => numberedLogits(place, data[part].labels.length));
  return {
    jobs,
    calls,
    laboratory: {
      ...laboratory,
      train: (requested) => {
        calls.push(requested.length);
        return requested.map((job) => {
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
      predict: (networks, part) =>
        networks.map((network) => logitsOf(places.get(network)!, part)),
    },
  };
}

/**
 * Returns the logits of a fake network: `[place / 4, row / 50, 0]` for the
 * first 16, and different ones for later networks.
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

/** Returns the probabilities of logits, as in a job's targets. */
export function probabilities(logits: Logits): Float32Array {
  return Float32Array.from(softmax(logits).data);
}
