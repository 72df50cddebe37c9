import type { Points, Probabilities } from "../../matrix_kinds.ts";
import type {
  NetworkWeights,
  ReplicaStreams,
  Widths,
} from "./initial_weights.ts";

/** One network to be trained: its random streams, training points and targets. */
export interface Replica extends ReplicaStreams {
  /** `[n]`, indices of its training points in the pool. */
  readonly rows: Int32Array;
  /** `[pool, classes]`, targets of all points in the pool. */
  readonly targets: Probabilities<Float32Array>;
}

/** Data that all networks of a stack share. */
export interface StackData {
  /** The pool of training points, `[pool, features]`. */
  readonly points: Points<Float32Array>;
  /** Validation data; its log loss chooses the best epoch. */
  readonly validation: {
    /** Validation points, `[n, features]`. */
    readonly points: Points<Float32Array>;
    /** `[n]`, class indices. */
    readonly labels: Int32Array;
  };
}

/** Options of `fitStack()`, the same for all networks. */
export interface StackOptions {
  /** Number of features, units of each hidden layer, and classes. */
  readonly widths: Widths;
  /** Learning rate of Adam, greater than 0. */
  readonly learningRate: number;
  /** Points per step; null for all points. */
  readonly batchSize: number | null;
  /** Maximum number of epochs. */
  readonly epochs: number;
  /** Number of epochs without a new smallest validation loss before a network stops. */
  readonly patience: number;
}

/** A trained network with the weights of its best epoch. */
export interface TrainedReplica {
  /** Parameters at the best epoch. */
  readonly weights: NetworkWeights;
  /** Number of epochs trained. */
  readonly epochs: number;
  /** Number of the best epoch, from 1. */
  readonly bestEpoch: number;
  /** Log loss of the best epoch on the validation data, in nats. */
  readonly validationLogLoss: number;
}
