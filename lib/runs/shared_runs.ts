import type { StoredRun } from "./store.ts";

/**
 * The runs that one call ensures. What several of them need is trained once,
 * and fails once.
 */
export class SharedRuns {
  readonly #runs = new Map<string, Promise<StoredRun>>();
  #last: Promise<unknown> = Promise.resolve();

  /** Returns the run in a folder; starts the work for it only once. */
  once(folder: string, work: () => Promise<StoredRun>): Promise<StoredRun> {
    const started = this.#runs.get(folder);
    if (started !== undefined) return started;
    const run = work();
    this.#runs.set(folder, run);
    return run;
  }

  /**
   * Does short work after that of all earlier calls, so that runs are trained
   * in the order in which they are ensured.
   */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}
