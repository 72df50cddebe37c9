import type { NetworkCost } from "./network_cost.ts";
import { runBytes, type RunRows } from "./run_bytes.ts";

/** Estimated cost of a run; early stopping makes it less. */
export interface RunCost {
  /** Images per epoch. */
  readonly images: number;
  /** Multiply-adds of all forward and backward passes, including validation. */
  readonly multiplyAdds: number;
  readonly seconds: number;
  /** Size on disk. */
  readonly bytes: number;
  /** Estimated memory of a training step on a CPU, in bytes. */
  readonly stepBytes: number;
}

/** Training speed of a network. */
export type Speed =
  | {
    /** Training steps, without validation. */
    readonly kind: "steps";
    readonly imagesPerSecond: number;
  }
  | {
    /** Complete epochs, including validation. */
    readonly kind: "epochs";
    /** Seconds per training image. */
    readonly secondsPerImage: number;
  };

/** Work of a backward pass, in forward passes. */
const BACKWARD = 2;

/**
 * Computes a run's cost. An epoch takes a forward and a backward pass of each
 * training image and a forward pass, a third of that work, of each validation image.
 *
 * @param run rows of its parts, its network, number of epochs and speed
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
