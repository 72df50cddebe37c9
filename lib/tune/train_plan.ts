import { RunLocked } from "../runs/folder.ts";
import { reasonOf } from "../runs/reason_of.ts";
import type { RunRecord } from "../runs/record.ts";
import type { PlannedRun } from "./plan.ts";

/** The outcome of a run. */
export type RunOutcome =
  | { readonly state: "done"; readonly record: RunRecord }
  | { readonly state: "failed"; readonly reason: string };

/** Functions and options with which a plan is trained. */
export interface PlanWork {
  /** Returns the record of a finished run. */
  readonly open: (run: PlannedRun) => Promise<RunRecord | undefined>;
  /**
   * Trains a run whose teachers are finished.
   *
   * @throws {RunLocked} if another process is training it
   */
  readonly train: (run: PlannedRun) => Promise<RunRecord>;
  /** Number of runs that are trained at once (1). */
  readonly jobs?: number;
  /** Called once with the number of missing runs. */
  readonly onStart?: (missing: number) => void;
  /** Called for each run that fails because of its teacher. */
  readonly onUntaught?: (run: PlannedRun, reason: string) => void;
  /**
   * Called once when the only runs left are being trained by other processes.
   */
  readonly onWait?: (runs: number) => void;
  readonly signal?: AbortSignal;
  /** Interval in milliseconds for checking runs of other processes (1000). */
  readonly pollMs?: number;
}

/**
 * Trains every missing run of a plan, each after its teachers. A run that
 * another process is training is left to it and checked later, so any number of
 * processes may share a plan. A failed run's students fail too; all others
 * continue.
 *
 * @param runs teachers before their students
 * @returns the outcomes by id, in the order of the plan
 * @throws the signal's reason if it is aborted
 */
export async function trainPlan(
  runs: readonly PlannedRun[],
  work: PlanWork,
): Promise<Map<string, RunOutcome>> {
  const training = new PlanTraining(work);
  let left = await training.missing(runs);
  work.onStart?.(left.length);
  let waiting = false;
  while (left.length > 0) {
    const busy = await training.round(left);
    if (busy.length === left.length) {
      if (!waiting) work.onWait?.(busy.length);
      waiting = true;
      await pause(work.pollMs ?? 1000);
    }
    left = busy;
  }
  return new Map(runs.map(({ id }) => [id, training.outcomes.get(id)!]));
}

/** The state of a plan during training. */
class PlanTraining {
  readonly outcomes = new Map<string, RunOutcome>();

  constructor(readonly work: PlanWork) {}

  /** Stores the outcomes of finished runs; returns the other runs. */
  async missing(runs: readonly PlannedRun[]): Promise<PlannedRun[]> {
    const missing: PlannedRun[] = [];
    for (const run of runs) {
      if (!await this.#isFinished(run)) missing.push(run);
    }
    return missing;
  }

  /**
   * Tries each run once, several at a time; returns those that other processes
   * are training, with their students.
   */
  async round(left: readonly PlannedRun[]): Promise<PlannedRun[]> {
    const { jobs = 1, signal } = this.work;
    const waiting = [...left];
    const running = new Set<Promise<void>>();
    try {
      while (true) {
        signal?.throwIfAborted();
        const next = waiting.findIndex((run) => this.#isReady(run));
        if (next < 0 && running.size === 0) break;
        if (next < 0 || running.size >= jobs) {
          await Promise.race(running);
          continue;
        }
        const [run] = waiting.splice(next, 1);
        const attempt = this.#attempt(run)
          .finally(() => running.delete(attempt));
        running.add(attempt);
      }
    } finally {
      // They save their checkpoints if the signal is aborted.
      await Promise.allSettled(running);
    }
    return left.filter(({ id }) => !this.outcomes.has(id));
  }

  /** Returns whether all teachers of a run have an outcome. */
  #isReady({ taughtBy }: PlannedRun): boolean {
    return taughtBy.every((id) => this.outcomes.has(id));
  }

  async #isFinished(run: PlannedRun): Promise<boolean> {
    const record = await this.work.open(run);
    if (record === undefined) return false;
    this.outcomes.set(run.id, { state: "done", record });
    return true;
  }

  /** Trains a run, unless another process is training it or its teacher. */
  async #attempt(run: PlannedRun): Promise<void> {
    const failed = run.taughtBy
      .find((id) => this.outcomes.get(id)!.state === "failed");
    if (failed !== undefined) {
      const reason = `its teacher ${failed} failed`;
      this.outcomes.set(run.id, { state: "failed", reason });
      return this.work.onUntaught?.(run, reason);
    }
    if (await this.#isFinished(run)) return;
    try {
      const record = await this.work.train(run);
      this.outcomes.set(run.id, { state: "done", record });
    } catch (error) {
      if (error instanceof RunLocked) return;
      if (this.work.signal?.aborted) throw error;
      this.outcomes.set(run.id, { state: "failed", reason: reasonOf(error) });
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
