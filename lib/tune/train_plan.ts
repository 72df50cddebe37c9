import { RunLocked } from "../runs/folder.ts";
import type { RunRecord } from "../runs/record.ts";
import type { PlannedRun } from "./plan.ts";

/** The outcome of a run. */
export type RunOutcome =
  | { readonly state: "done"; readonly record: RunRecord }
  | { readonly state: "failed"; readonly reason: string };

/** Progress of a plan. */
export interface PlanProgress {
  /** The current run. */
  readonly run: PlannedRun;
  /** Its number among the missing runs, from 1. */
  readonly number: number;
  readonly total: number;
  /**
   * Mean seconds (wall time) per run trained by this process; NaN before the
   * first one.
   */
  readonly secondsPerRun: number;
}

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
  /** Called before each training. */
  readonly onRun?: (progress: PlanProgress) => void;
  /** Called for each failed run. */
  readonly onFailure?: (run: PlannedRun, reason: string) => void;
  /**
   * Called once when the only runs left are being trained by other processes.
   */
  readonly onWait?: (runs: number) => void;
  readonly signal?: AbortSignal;
  /** Interval in milliseconds for checking runs of other processes (1000). */
  readonly pollMs?: number;
}

/**
 * Trains every missing run of a plan. A run that another process is training is
 * left to it and checked later, so any number of processes may share a plan. A
 * failed run is reported and its students fail too; all others continue.
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
  readonly #seconds: number[] = [];
  #total = 0;

  constructor(readonly work: PlanWork) {}

  /** Stores the outcomes of finished runs; returns the other runs. */
  async missing(runs: readonly PlannedRun[]): Promise<PlannedRun[]> {
    const missing: PlannedRun[] = [];
    for (const run of runs) {
      if (!await this.#isFinished(run)) missing.push(run);
    }
    this.#total = missing.length;
    return missing;
  }

  /** Tries each run once; returns those that other processes are training. */
  async round(left: readonly PlannedRun[]): Promise<PlannedRun[]> {
    const busy: PlannedRun[] = [];
    for (const [i, run] of left.entries()) {
      this.work.signal?.throwIfAborted();
      const number = this.#total - (left.length - i + busy.length) + 1;
      if (!await this.#attempt(run, number)) busy.push(run);
    }
    return busy;
  }

  async #isFinished(run: PlannedRun): Promise<boolean> {
    const record = await this.work.open(run);
    if (record === undefined) return false;
    this.outcomes.set(run.id, { state: "done", record });
    return true;
  }

  /**
   * Returns false if another process is training the run or one of its
   * teachers.
   */
  async #attempt(run: PlannedRun, number: number): Promise<boolean> {
    const { signal, train, onRun } = this.work;
    const teachers = run.taughtBy.map((id) => this.outcomes.get(id)?.state);
    if (teachers.includes(undefined)) return false;
    const failed = run.taughtBy[teachers.indexOf("failed")];
    if (failed !== undefined) {
      return this.#fail(run, `its teacher ${failed} failed`);
    }
    if (await this.#isFinished(run)) return true;
    const [before, total] = [this.#seconds, this.#total];
    const secondsPerRun = before.reduce((a, b) => a + b, 0) / before.length;
    const start = performance.now();
    onRun?.({ run, number, total, secondsPerRun });
    try {
      const record = await train(run);
      this.#seconds.push((performance.now() - start) / 1000);
      this.outcomes.set(run.id, { state: "done", record });
      return true;
    } catch (error) {
      if (error instanceof RunLocked) return false;
      if (signal?.aborted) throw error;
      return this.#fail(run, reasonOf(error));
    }
  }

  #fail(run: PlannedRun, reason: string): true {
    this.outcomes.set(run.id, { state: "failed", reason });
    this.work.onFailure?.(run, reason);
    return true;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error.message || error.name).replaceAll(/\s+/g, " ").trim();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
