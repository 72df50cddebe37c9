import type { NetworkCost } from "./network_cost.ts";
import { runBytes, type RunRows } from "./run_bytes.ts";

/** What a run will cost, if no early stop makes it less. */
export interface RunCost {
  /** Images of an epoch. */
  readonly images: number;
  /** Of all forward and backward passes, validation included. */
  readonly multiplyAdds: number;
  readonly seconds: number;
  /** On disk. */
  readonly bytes: number;
  /** Memory of a step of training on a CPU, estimated, in bytes. */
  readonly stepBytes: number;
}

/** How fast a network is trained. */
export type Speed =
  | {
    /** Steps of training, without validation. */
    readonly kind: "steps";
    readonly imagesPerSecond: number;
  }
  | {
    /** Whole epochs with their validation. */
    readonly kind: "epochs";
    /** Of an image that is trained on. */
    readonly secondsPerImage: number;
  };

/** A backward pass does a forward pass's work twice. */
const BACKWARD = 2;

/**
 * A run's cost: an epoch passes forward and backward over the training images
 * and forward over those of validation, which takes a third of the time an
 * image.
 *
 * @param run its parts, its network, how many epochs it takes and how fast
 */
export function runCost({ rows, network, epochs, speed }: {
  readonly rows: RunRows;
  readonly network: NetworkCost;
  readonly epochs: number;
  readonly speed: Speed;
}): RunCost {
  // In forward passes of one image.
  const work = epochs * ((1 + BACKWARD) * rows.train + rows.validation);
  return {
    images: rows.train,
    multiplyAdds: work * network.multiplyAdds,
    seconds: speed.kind === "steps"
      ? work / ((1 + BACKWARD) * speed.imagesPerSecond)
      : rows.train * epochs * speed.secondsPerImage,
    bytes: runBytes(rows, network.weights),
    stepBytes: network.stepBytes,
  };
}
