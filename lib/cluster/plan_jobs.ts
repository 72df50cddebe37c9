import type { Estimate } from "../cost/estimate.ts";
import { noiseSource } from "../runs/label_noise.ts";
import { runId, type RunSpec } from "../runs/spec.ts";
import { teacherRuns } from "../runs/teacher_runs.ts";
import { methodOfRun } from "../tune/plan.ts";
import { groupJobs } from "./group_jobs.ts";
import type { Job, JobPlan, PlannedRun, Step } from "./job_plan.ts";

/** A run of a plan, and what is known about it. */
export interface RunToPlan {
  readonly spec: RunSpec;
  readonly state: PlannedRun["state"];
  /** False for a run that only teaches others; default true. */
  readonly candidate?: boolean;
}

/** Options of `planJobs()`. */
export interface PlanOptions extends Pick<JobPlan, "name" | "file" | "inputs"> {
  /** The cost of the runs that are not finished, in their order. */
  readonly cost: Estimate;
  /** Number of runs at once for the estimate of time. */
  readonly atOnce: number;
  /**
   * Arguments of `deno task` for the command that writes the tables; null if
   * further runs depend on the results of these.
   */
  readonly results: readonly string[] | null;
  /** The synthetic data sets; none by default. */
  readonly datasets?: PlannedDatasets;
}

/** Synthetic data sets as jobs. */
export interface PlannedDatasets {
  /** Jobs of those that are not finished. */
  readonly jobs: readonly Job[];
  readonly total: number;
  readonly finished: number;
  /** Estimated time of the jobs one after the other. */
  readonly seconds: number;
}

const NO_DATASETS: PlannedDatasets = {
  jobs: [],
  total: 0,
  finished: 0,
  seconds: 0,
};

/** Resources of the command that writes tables, figures and pages. */
const RESULTS: Step["resources"] = {
  threads: 2,
  memoryMb: 4000,
  gpus: 0,
  minutes: 120,
};

/**
 * Plans runs as jobs for a scheduler.
 *
 * @param runs each once, after the runs that it needs
 */
export function planJobs(
  runs: readonly RunToPlan[],
  options: PlanOptions,
): JobPlan {
  const { name, file, cost, atOnce, results, inputs } = options;
  const { datasets = NO_DATASETS } = options;
  const commandOf = (ids: readonly string[]) => trainCommand(ids, file);
  const known = new Set(runs.map(({ spec }) => runId(spec)));
  const planned = runs.map(({ spec, state, candidate = true }): PlannedRun => {
    const id = runId(spec);
    const after = neededBy(spec).map(runId).filter((other) => known.has(other));
    return {
      ...{ id, ...methodOfRun(spec), seed: spec.seed, candidate, state },
      ...{ after, command: commandOf([id]), spec },
    };
  });
  const missing = planned.filter(({ state }) => state !== "finished")
    .map((run, i) => ({ ...run, cost: cost.runs[i] }));
  return {
    ...{ schema: 1, name, file, complete: results !== null },
    ...(inputs && { inputs }),
    runs: planned,
    jobs: [...groupJobs(missing, commandOf), ...datasets.jobs],
    results: results && { command: results, resources: RESULTS },
    finished: planned.length - missing.length,
    datasets: { total: datasets.total, finished: datasets.finished },
    atOnce,
    seconds: (cost.seconds + datasets.seconds) / atOnce,
    secondsFrom: cost.secondsFrom,
    multiplyAdds: cost.multiplyAdds,
    bytes: cost.bytes,
  };
}

function neededBy(spec: RunSpec): RunSpec[] {
  const source = noiseSource(spec);
  return [...source ? [source] : [], ...teacherRuns(spec.teacher)];
}

function trainCommand(ids: readonly string[], file: string): string[] {
  return ["ils", "run", ids.join(","), "--plan", file];
}
