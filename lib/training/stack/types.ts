import type { Points, Probabilities } from "../../matrix_kinds.ts";
import type {
  NetworkWeights,
  ReplicaStreams,
  Widths,
} from "./initial_weights.ts";

/** One network to be trained: what it sees, and what it should say. */
export interface Replica extends ReplicaStreams {
  /** `[n]`, the pool's points that it is trained on. */
  readonly rows: Int32Array;
  /** `[pool, classes]`, rows that sum to 1. */
  readonly targets: Probabilities<Float32Array>;
}

/** What all networks of a stack have in common. */
export interface StackData {
  /** The pool of training points, `[pool, features]`. */
  readonly points: Points<Float32Array>;
  readonly validation: {
    readonly points: Points<Float32Array>;
    /** Hard labels, by whose log loss the epoch is chosen. */
    readonly labels: Int32Array;
  };
}

/** How every network of a stack is trained. */
export interface StackOptions {
  /** Features, hidden units of each layer, classes. */
  readonly widths: Widths;
  /** Of Adam, greater than 0. */
  readonly learningRate: number;
  /** Points a step; null takes all at once. */
  readonly batchSize: number | null;
  /** At most. */
  readonly epochs: number;
  /** Epochs without a new smallest validation loss before a network stops. */
  readonly patience: number;
}

/** A trained network, with the weights of its best epoch. */
export interface TrainedReplica {
  readonly weights: NetworkWeights;
  /** Epochs trained. */
  readonly epochs: number;
  /** Counted from 1. */
  readonly bestEpoch: number;
  /** Of that epoch, against hard labels. */
  readonly validationLogLoss: number;
}
