import { BadInput } from "../bad_input.ts";
import { checkSpec } from "./check_spec.ts";
import {
  ensureAll,
  type EnsureOptions,
  hasThreads,
  runFolder,
} from "./ensure.ts";
import { noiseSource } from "./label_noise.ts";
import { openRun } from "./open.ts";
import type { RunProgress, RunsDisplay } from "./runs_display.ts";
import { SharedRuns } from "./shared_runs.ts";
import type { RunSpec } from "./spec.ts";
import { runsFolder, type StoredRun } from "./store.ts";
import { teacherRuns } from "./teacher_runs.ts";
import { defaultJobs } from "./threads.ts";
import { WorkerPool } from "./workers/pool.ts";

/** Options of `ensureRuns()`. */
export interface EnsureRunsOptions
  extends Omit<EnsureOptions, "pool" | "progress" | "shared"> {
  /**
   * Number of runs that are trained at once, each in its own process; by
   * default as many as have a core for each of their threads.
   */
  readonly jobs?: number | undefined;
  /** Shows all that is trained. */
  readonly display?: RunsDisplay;
}

/**
 * Returns the finished runs of specs, in their order. Missing ones and missing
 * teachers are trained in parallel, teachers before their students. A failed
 * run does not stop the others.
 *
 * @throws as `ensureRun()`, after all other runs, for the first run that failed
 */
export async function ensureRuns(
  specs: readonly RunSpec[],
  options: EnsureRunsOptions = {},
): Promise<StoredRun[]> {
  specs.forEach(checkSpec);
  const missing = await missingRuns(specs, options);
  const { jobs = jobsFor(missing), display, ...rest } = options;
  display?.begin(missing.length, jobs);
  const elsewhere = jobs > 1 && missing.length > 1 ||
    !missing.every(hasThreads);
  const { root = runsFolder(), folder = root } = options;
  const writable = [root, folder];
  await using pool = elsewhere ? new WorkerPool({ jobs, writable }) : null;
  try {
    return await ensureAll(specs, {
      ...rest,
      ...(pool === null ? {} : { pool }),
      ...(display && { progress: (id) => openIn(display, id, missing.length) }),
      shared: new SharedRuns(),
    });
  } finally {
    display?.end();
  }
}

/**
 * Opens the display of a run. It does not show a failure that the caller will
 * report at once: of the only run, or bad input.
 */
function openIn(display: RunsDisplay, id: string, total: number): RunProgress {
  const run = display.open(id);
  return {
    ...run,
    close(end) {
      const reported = end.state === "failed" &&
        (total === 1 || end.error instanceof BadInput);
      run.close(reported ? { state: "left" } : end);
    },
  };
}

/** Returns how many of some runs are trained at once by default. */
export function jobsFor(runs: readonly RunSpec[]): number {
  const threads = new Set(runs.map(({ training }) => training.threads));
  return Math.min(runs.length, ...[...threads].map(defaultJobs)) || 1;
}

/** Returns the runs to train, teachers included, each once. */
async function missingRuns(
  specs: readonly RunSpec[],
  options: EnsureRunsOptions,
): Promise<RunSpec[]> {
  const missing = new Map<string, RunSpec>();
  const seen = new Set<string>();
  const add = async (
    spec: RunSpec,
    { folder, teacherFolder, noiseFolder }: EnsureRunsOptions,
  ) => {
    const { root = runsFolder() } = options;
    const path = runFolder(spec, { root, ...(folder && { folder }) });
    if (seen.has(path)) return;
    seen.add(path);
    if (await openRun(path) !== undefined) return;
    missing.set(path, spec);
    const source = noiseSource(spec);
    if (source) await add(source, noiseFolder ? { folder: noiseFolder } : {});
    const noise = noiseFolder ? { noiseFolder } : {};
    const own = teacherFolder === undefined ? {} : { folder: teacherFolder };
    for (const teacher of teacherRuns(spec.teacher)) {
      await add(teacher, { ...noise, ...own });
    }
  };
  for (const spec of specs) await add(spec, options);
  return [...missing.values()];
}
