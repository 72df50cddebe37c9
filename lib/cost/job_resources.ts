import type { RunSpec } from "../runs/spec.ts";
import type { RunCost } from "./run_cost.ts";

/** What a scheduler has to provide for a job. */
export interface JobResources {
  readonly threads: number;
  /** Memory in MB. */
  readonly memoryMb: number;
  /** Number of GPUs: 0 or 1. */
  readonly gpus: number;
  /** Time limit in minutes. */
  readonly minutes: number;
}

/** Threads next to a GPU: one launches operations, others prepare batches. */
const GPU_THREADS = 4;

/** Memory of the data set and of JavaScript, in bytes. */
const DATA_BYTES = 1e9;

/** The estimate of a step's memory is wrong by at most a fifth. */
const MEMORY_MARGIN = 1.25;

/** Nodes differ in speed, and a job must not end at its time limit. */
const TIME_MARGIN = 3;

/** Minutes for starting the program, loading the data and writing the run. */
const START_MINUTES = 5;

/**
 * Multiply-adds per second that any GPU of this decade makes: a plan is often made
 * on a node without one.
 */
const GPU_SPEED = 1e12;

/** A run, and the part of its cost that its resources depend on. */
export interface CostedSpec {
  readonly spec: Pick<RunSpec, "training">;
  readonly cost: Pick<RunCost, "seconds" | "multiplyAdds" | "stepBytes">;
}

/**
 * Returns the time of a run as a job. For one on a GPU it is at most that of a
 * GPU which makes 1e12 multiply-adds per second.
 */
export function jobSeconds({ spec, cost }: CostedSpec): number {
  const { seconds, multiplyAdds } = cost;
  return spec.training.threads === undefined
    ? Math.min(seconds, multiplyAdds / GPU_SPEED)
    : seconds;
}

/**
 * Returns the resources of runs that one process trains one after the other:
 * `5 + 3 jobSeconds / 60` minutes, and `1e9 + 1.25 stepBytes` bytes of memory for
 * the largest. A run with a fixed number of threads is trained on a CPU with
 * that number, any other one on a GPU with 4.
 *
 * @param runs at least one; all with the same number of threads
 */
export function jobResources(
  runs: readonly CostedSpec[],
): JobResources {
  const { threads } = runs[0].spec.training;
  const seconds = runs.reduce((sum, run) => sum + jobSeconds(run), 0);
  const largest = Math.max(...runs.map(({ cost }) => cost.stepBytes));
  return {
    threads: threads ?? GPU_THREADS,
    memoryMb: Math.ceil((DATA_BYTES + MEMORY_MARGIN * largest) / 1e6),
    gpus: threads === undefined ? 1 : 0,
    minutes: minutesFor(seconds),
  };
}

/** Returns the time limit of a job in minutes: `5 + 3 seconds / 60`. */
export function minutesFor(seconds: number): number {
  return Math.ceil(START_MINUTES + TIME_MARGIN * seconds / 60);
}
