import { dirname, join, resolve } from "node:path";
import { BadInput } from "../../bad_input.ts";
import type { JobPlan } from "../../cluster/job_plan.ts";
import {
  cancelLeftovers,
  jobPrefix,
  statusArguments,
} from "../../cluster/leftovers.ts";
import {
  hasSnakemake,
  jobsFolder,
  runJobs,
  type Scheduler,
} from "../../cluster/snakemake.ts";
import { type Claim, isClaimed, tryClaim } from "../../files/claim.ts";
import { isFile } from "../../files/folders.ts";
import { writeFileAtomic } from "../../files/write_file_atomic.ts";
import { RECORD_FILE } from "../../runs/record.ts";
import { RUNS_FOLDER } from "../../runs/store.ts";
import { type Context, Interrupted } from "../command.ts";
import { interruptible } from "../terminal/interruptible.ts";
import { progressLine } from "../terminal/progress_line.ts";

/** How the jobs of a plan are run. */
export interface ClusterOptions {
  readonly scheduler: Scheduler;
  /** Number of jobs in the queue at once. */
  readonly jobs: number | undefined;
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
 * Runs the jobs of a plan on a cluster and shows how many runs are finished.
 *
 * @returns the ids of the jobs that failed, and why the first one did
 * @throws {Interrupted} after a signal; its jobs are then cancelled
 */
export async function runPlan(
  plan: JobPlan,
  options: ClusterOptions,
  output: Output,
): Promise<{ readonly failed: readonly string[]; readonly reason: string }> {
  const folder = jobsFolder(plan);
  await Deno.mkdir(folder, { recursive: true });
  return await interruptible(
    async (signal) => {
      const claim = await claimPlan(folder, output, signal);
      try {
        await writePlan(plan);
        const failed = await runClaimed(plan, options, output, signal);
        return { failed, reason: await reasonOf(folder, failed) };
      } finally {
        claim.release();
      }
    },
    () =>
      new Interrupted(
        "Stopped, and cancelled its jobs; run the same command again to continue",
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

/** Shows how many runs are finished, until the returned function is called. */
function showProgress(plan: JobPlan, output: Output): () => void {
  const { runs, jobs } = plan;
  const draw = progressLine(output);
  const missing = new Set(jobs.flatMap(({ runs }) => runs));
  let shown = -1;
  const show = () => {
    for (const id of missing) {
      if (isFile(join(RUNS_FOLDER, id, RECORD_FILE))) missing.delete(id);
    }
    const done = runs.length - missing.size;
    if (done === shown) return;
    shown = done;
    const line = `${done} of ${runs.length} runs finished`;
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
