import {
  type CostedSpec,
  jobResources,
  jobSeconds,
} from "../cost/job_resources.ts";
import { sha256 } from "../files/sha256.ts";
import type { Job, PlannedRun } from "./job_plan.ts";

/** A run that is not finished, with its cost. */
export interface CostedRun extends Pick<PlannedRun, "id" | "spec" | "after"> {
  readonly cost: CostedSpec["cost"];
}

/**
 * A job is filled until it takes this long: its start takes seconds on a cluster.
 */
export const JOB_SECONDS = 600;

/**
 * Groups runs into jobs of about ten minutes. The runs of a job have the same
 * number of threads and need the same number of other runs one after another,
 * so that jobs never wait for each other in a circle.
 *
 * @param runs after the runs that they need; runs in `after` that are missing
 * here are finished
 * @param commandOf returns the command that trains some runs
 */
export function groupJobs(
  runs: readonly CostedRun[],
  commandOf: (ids: readonly string[]) => readonly string[],
): Job[] {
  const groups: CostedRun[][] = [];
  const open = new Map<string, { runs: CostedRun[]; seconds: number }>();
  const depths = depthsOf(runs);
  for (const run of runs) {
    const { threads = null } = run.spec.training;
    const key = JSON.stringify([depths.get(run.id), threads]);
    let group = open.get(key);
    if (group === undefined) {
      group = { runs: [], seconds: 0 };
      open.set(key, group);
      groups.push(group.runs);
    }
    group.runs.push(run);
    group.seconds += jobSeconds(run);
    if (group.seconds >= JOB_SECONDS) open.delete(key);
  }
  const ordered = groups.toSorted(([a], [b]) =>
    depths.get(a.id)! - depths.get(b.id)!
  );
  return jobsOf(ordered, commandOf);
}

/** Returns how many runs of the list each run needs one after another. */
function depthsOf(runs: readonly CostedRun[]): Map<string, number> {
  const depths = new Map<string, number>();
  for (const { id, after } of runs) {
    const before = after.map((other) => depths.get(other) ?? -1);
    depths.set(id, 1 + Math.max(-1, ...before));
  }
  return depths;
}

function jobsOf(
  groups: readonly (readonly CostedRun[])[],
  commandOf: (ids: readonly string[]) => readonly string[],
): Job[] {
  const jobOf = new Map<string, string>();
  return groups.map((group) => {
    const ids = group.map(({ id }) => id);
    const id = `train-${sha256(ids.join("\n")).slice(0, 10)}`;
    for (const run of ids) jobOf.set(run, id);
    const needed = group.flatMap(({ after }) => after)
      .map((run) => jobOf.get(run)).filter((job) => job !== undefined);
    return {
      id,
      runs: ids,
      after: [...new Set(needed)],
      command: commandOf(ids),
      resources: jobResources(group),
    };
  });
}
