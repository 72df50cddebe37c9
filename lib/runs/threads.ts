/** How many threads TensorFlow has, which it reads when it is loaded. */
import { hasGpu } from "../engine/device.ts";

/** Threads within an operation, on which the last digits of results depend. */
const WITHIN = "TF_NUM_INTRAOP_THREADS";

/** Operations that run at the same time. */
const BETWEEN = "TF_NUM_INTEROP_THREADS";

/** Returns the number of threads that TensorFlow has in this process. */
export function processThreads(): number {
  const chosen = Number(Deno.env.get(WITHIN));
  return chosen >= 1 ? chosen : navigator.hardwareConcurrency;
}

/**
 * Returns the environment variables of a process in which TensorFlow has a
 * number of threads; none for all cores.
 */
export function threadVariables(
  threads: number | undefined,
): Record<string, string> {
  if (threads === undefined) return {};
  // 0 is TensorFlow's default.
  const between = threads === 1 ? 1 : 0;
  return { [WITHIN]: String(threads), [BETWEEN]: String(between) };
}

/**
 * Gives this process the number of threads of the runs that it trains or
 * measures. Has no effect once the engine is loaded.
 */
export function useThreads(threads: number | undefined): void {
  for (const [name, value] of Object.entries(threadVariables(threads))) {
    Deno.env.set(name, value);
  }
}

/**
 * Returns how many runs to train at once by default: as many as have a core for
 * each of their threads, but one after the other on a GPU.
 *
 * @param threads of each run; undefined for all cores
 */
export function defaultJobs(threads: number | undefined): number {
  const cores = navigator.hardwareConcurrency;
  if (threads === undefined || hasGpu()) return 1;
  return Math.max(1, Math.floor(cores / threads));
}
