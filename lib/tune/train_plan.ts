import { RunLocked } from "../runs/folder.ts";
import type { RunRecord } from "../runs/record.ts";
import type { PlannedRun } from "./plan.ts";

/** How a run ended. */
export type RunOutcome =
  | { readonly state: "done"; readonly record: RunRecord }
  | { readonly state: "failed"; readonly reason: string };

/** How far the training of a plan is. */
export interface PlanProgress {
  /** The run that is looked at now. */
  readonly run: PlannedRun;
  /** Its number, counted from 1, of those that were missing. */
  readonly number: number;
  readonly total: number;
  /**
   * Mean wall time of a run that was trained here, in seconds; NaN before the
   * first.
   */
  readonly secondsARun: number;
}

/** What the training of a plan is done with. */
export interface PlanWork {
  /** The record of a run that is finished already. */
  readonly open: (run: PlannedRun) => Promise<RunRecord | undefined>;
  /**
   * Trains a run whose teachers are there.
   *
   * @throws {RunLocked} if another process trains it
   */
  readonly train: (run: PlannedRun) => Promise<RunRecord>;
  /** Told ahead of each training. */
  readonly onRun?: (progress: PlanProgress) => void;
  /** Told of a run that failed. */
  readonly onFailure?: (run: PlannedRun, reason: string) => void;
  /** Told once when nothing is left but what other processes train. */
  readonly onWait?: (runs: number) => void;
  readonly signal?: AbortSignal;
  /** Between two looks at what other processes train, in milliseconds. */
  readonly lookAgainMs?: number;
}

/**
 * Every run of a plan, trained where it is missing. A run that another process
 * trains is left to it and looked for later; so any number of processes may do
 * one plan together. A run that fails is told of, those whom it would teach
 * fail with it, and all others go on.
 *
 * @param runs those who teach ahead of those whom they teach
 * @returns how each ended, by id, in the order of the plan
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
      await pause(work.lookAgainMs ?? 1000);
    }
    left = busy;
  }
  return new Map(runs.map(({ id }) => [id, training.outcomes.get(id)!]));
}

/** A plan under way. */
class PlanTraining {
  readonly outcomes = new Map<string, RunOutcome>();
  readonly #seconds: number[] = [];
  #total = 0;

  constructor(readonly work: PlanWork) {}

  /** Takes up what is finished; returns what is not. */
  async missing(runs: readonly PlannedRun[]): Promise<PlannedRun[]> {
    const missing: PlannedRun[] = [];
    for (const run of runs) {
      if (!await this.#found(run)) missing.push(run);
    }
    this.#total = missing.length;
    return missing;
  }

  /** Tries each run once; returns those that other processes are at. */
  async round(left: readonly PlannedRun[]): Promise<PlannedRun[]> {
    const busy: PlannedRun[] = [];
    for (const [i, run] of left.entries()) {
      this.work.signal?.throwIfAborted();
      const number = this.#total - (left.length - i + busy.length) + 1;
      if (!await this.#attempt(run, number)) busy.push(run);
    }
    return busy;
  }

  async #found(run: PlannedRun): Promise<boolean> {
    const record = await this.work.open(run);
    if (record === undefined) return false;
    this.outcomes.set(run.id, { state: "done", record });
    return true;
  }

  /** False where another process is at the run, or at who teaches it. */
  async #attempt(run: PlannedRun, number: number): Promise<boolean> {
    const { signal, train, onRun } = this.work;
    const teachers = run.taughtBy.map((id) => this.outcomes.get(id)?.state);
    if (teachers.includes(undefined)) return false;
    const failed = run.taughtBy[teachers.indexOf("failed")];
    if (failed !== undefined) {
      return this.#fail(run, `its teacher ${failed} failed`);
    }
    if (await this.#found(run)) return true;
    const [before, total] = [this.#seconds, this.#total];
    const secondsARun = before.reduce((a, b) => a + b, 0) / before.length;
    const start = performance.now();
    onRun?.({ run, number, total, secondsARun });
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
