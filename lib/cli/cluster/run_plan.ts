import { dirname, join, resolve } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { type Job, type JobPlan, jobsFolder } from "../../cluster/job_plan.ts";
import {
  cancelLeftovers,
  jobPrefix,
  statusArguments,
} from "../../cluster/leftovers.ts";
import {
  hasSnakemake,
  runJobs,
  type Scheduler,
} from "../../cluster/snakemake.ts";
import { type Claim, isClaimed, tryClaim } from "../../files/claim.ts";
import { isFile } from "../../files/folders.ts";
import { writeFileAtomic } from "../../files/write_file_atomic.ts";
import { RECORD_FILE } from "../../runs/record.ts";
import { runsFolder } from "../../runs/store.ts";
import { datasetPath } from "../../synthetic/store.ts";
import { type Context, Interrupted } from "../command.ts";
import { interruptible } from "../terminal/interruptible.ts";
import { progressLine } from "../terminal/progress_line.ts";

/** How the jobs of a plan are run. */
export interface ClusterOptions {
  readonly scheduler: Scheduler;
  /** Number of jobs in the queue at once. */
  readonly jobs: number | undefined;
}

/** How the jobs of a plan have ended. */
export interface PlanOutcome {
  /** Ids of those that failed or could not be started. */
  readonly failed: readonly string[];
  /** Number of all jobs. */
  readonly total: number;
  /** Why the first one failed; "" if none did. */
  readonly reason: string;
}

type Output = Pick<Context, "log" | "terminal">;

/** Interval for counting finished runs. */
const COUNT_MS = 2000;

/**
 * Throws if Snakemake is not installed.
 *
 * @param environment its folder, replaced in tests
 * @throws {BadInput} in one line
 */
export function checkSnakemake(
  scheduler: Scheduler,
  environment?: string,
): void {
  if (hasSnakemake(environment)) return;
  throw new BadInput(
    `--executor ${scheduler} needs Snakemake, which is not installed: run ` +
      "deno task setup --cluster",
  );
}

/** Writes the file of a plan, from which its jobs read it. */
export async function writePlan(plan: JobPlan): Promise<void> {
  await Deno.mkdir(dirname(plan.file), { recursive: true });
  await writeFileAtomic(plan.file, JSON.stringify(plan, null, 2) + "\n");
}

/**
 * Runs the jobs of a plan on a cluster and shows how many runs and data sets are
 * finished.
 *
 * @throws {Interrupted} after a signal; its jobs are then cancelled
 */
export async function runPlan(
  plan: JobPlan,
  options: ClusterOptions,
  output: Output,
): Promise<PlanOutcome> {
  const folder = jobsFolder(plan);
  await Deno.mkdir(folder, { recursive: true });
  return await interruptible(
    async (signal) => {
      const claim = await claimPlan(folder, output, signal);
      try {
        await writePlan(plan);
        const failed = await runClaimed(plan, options, output, signal);
        const total = plan.jobs.length + (plan.results === null ? 0 : 1);
        return { failed, total, reason: await reasonOf(folder, failed) };
      } finally {
        claim.release();
      }
    },
    (name) =>
      new Interrupted(
        "Stopped, and cancelled its jobs; run the same command again to continue",
        name,
      ),
  );
}

/** Keeps other heads of the same plan away, on this machine and on others. */
async function claimPlan(
  folder: string,
  { log }: Output,
  signal: AbortSignal,
): Promise<Claim> {
  let waiting = false;
  while (true) {
    const claim = tryClaim(folder);
    if (claim !== undefined) return claim;
    if (!waiting && isClaimed(folder)) {
      log(`waiting for another process that runs the jobs of ${folder}\n`);
      waiting = true;
    }
    await new Promise((done) => setTimeout(done, 500));
    signal.throwIfAborted();
  }
}

async function runClaimed(
  plan: JobPlan,
  { scheduler, jobs }: ClusterOptions,
  output: Output,
  signal: AbortSignal,
): Promise<string[]> {
  const args = scheduler === "slurm" ? await slurmArguments(plan, output) : [];
  const stop = showProgress(plan, output);
  try {
    return await runJobs(plan, { scheduler, jobs, args, signal });
  } finally {
    stop();
  }
}

async function slurmArguments(
  { file }: JobPlan,
  { log }: Output,
): Promise<string[]> {
  const prefix = jobPrefix(resolve(file));
  const left = await cancelLeftovers(prefix);
  if (left > 0) log(`cancelled ${left} jobs of a process that was killed\n`);
  return ["--slurm-jobname-prefix", prefix, ...await statusArguments()];
}

/**
 * Shows how many runs and data sets are finished, until the returned function is
 * called.
 */
function showProgress(plan: JobPlan, output: Output): () => void {
  const { jobs } = plan;
  const draw = progressLine(output);
  const runs = new Set(
    jobs.flatMap(({ runs }) => runs)
      .map((id) => join(runsFolder(), id, RECORD_FILE)),
  );
  const datasets = new Set(jobs.flatMap(datasetFiles));
  let shown = "";
  const show = () => {
    for (const missing of [runs, datasets]) {
      for (const path of missing) if (isFile(path)) missing.delete(path);
    }
    const line = progressText([
      ["runs", plan.runs.length, runs.size],
      ["data sets", plan.datasets.total, datasets.size],
    ]) +
      (runs.size + datasets.size === 0 && plan.results ? "; evaluating" : "");
    if (line === shown) return;
    shown = line;
    draw(line);
    if (!output.terminal) output.log(`${line}\n`);
  };
  show();
  const timer = setInterval(show, COUNT_MS);
  return () => {
    clearInterval(timer);
    show();
    if (output.terminal) output.log("\n");
  };
}

function datasetFiles({ datasets }: Job): string[] {
  if (datasets === undefined) return [];
  const { folder, first, count } = datasets;
  return Array.from(
    { length: count },
    (_, i) => datasetPath(folder, first + i),
  );
}

/** Returns "3 of 4 runs, 0 of 20 data sets finished". */
function progressText(
  counts: readonly (readonly [what: string, total: number, missing: number])[],
): string {
  const parts = counts.filter(([, total]) => total > 0)
    .map(([what, total, missing]) => `${total - missing} of ${total} ${what}`);
  return `${parts.join(", ")} finished`;
}

/** Returns the last line of the log of the first failed job; "" without one. */
async function reasonOf(
  folder: string,
  failed: readonly string[],
): Promise<string> {
  if (failed.length === 0) return "";
  const paths = failed.map((id) => join(folder, "logs", `${id}.txt`));
  const path = paths.find(isFile) ?? join(folder, "snakemake.log");
  const lines = (await Deno.readTextFile(path)).trimEnd().split("\n");
  return `${lines.at(-1)} (${path})`;
}
