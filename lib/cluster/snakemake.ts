import { join } from "node:path";
import { ROOT } from "../files/project_root.ts";
import { isFile, namesIn } from "../files/folders.ts";
import { tiedCommand } from "../files/tied_process.ts";
import { removeAside } from "../files/temporary.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import { type JobPlan, jobsFolder } from "./job_plan.ts";
import { jobsFile, RESULTS } from "./jobs_file.ts";

/** The schedulers that a profile in `cluster/profiles` describes. */
export const SCHEDULERS = ["slurm", "generic"] as const;

/** One of these schedulers. */
export type Scheduler = typeof SCHEDULERS[number];

/** How to run the jobs of a plan. */
export interface SnakemakeOptions {
  readonly scheduler: Scheduler;
  /** Number of jobs in the queue at once; by default that of the profile. */
  readonly jobs?: number | undefined;
  /** Further arguments of Snakemake. */
  readonly args?: readonly string[];
  readonly signal: AbortSignal;
}

const ENVIRONMENT = join(ROOT, ".venv-cluster");

const PROGRAM = join(ENVIRONMENT, "bin", "snakemake");

/**
 * Returns whether Snakemake is installed.
 *
 * @param environment its folder, replaced in tests
 */
export function hasSnakemake(environment: string = ENVIRONMENT): boolean {
  return isFile(join(environment, ".set-up"));
}

/**
 * Runs the jobs of a plan, as many as are possible: a failed job does not stop
 * those that do not need it. Snakemake's own output goes to `snakemake.log` in
 * the folder of the plan.
 *
 * @returns the ids of the jobs that failed or could not be started
 */
export async function runJobs(
  plan: JobPlan,
  options: SnakemakeOptions,
): Promise<string[]> {
  const folder = jobsFolder(plan);
  const done = join(folder, "done");
  // A job of the same runs may be missing again. One that a killed head has left may
  // just be ending.
  await removeAside(done);
  await Deno.mkdir(done, { recursive: true });
  const jobs = join(folder, "jobs.json");
  await writeFileAtomic(jobs, JSON.stringify(await jobsFile(plan)));
  await follow([...snakemakeArguments(jobs, options)], folder, options.signal);
  const finished = new Set(await namesIn(done));
  return [...plan.jobs.map(({ id }) => id), ...plan.results ? [RESULTS] : []]
    .filter((id) => !finished.has(id));
}

/** Returns the arguments with which Snakemake runs a file of jobs. */
function snakemakeArguments(
  file: string,
  { scheduler, jobs, args = [] }: SnakemakeOptions,
): string[] {
  const cluster = join(ROOT, "cluster");
  return [
    ...["--snakefile", join(cluster, "Snakefile")],
    ...["--profile", join(cluster, "profiles", scheduler)],
    ...["--config", `jobs=${file}`],
    // A head that was killed leaves its lock; a claim keeps a second one away.
    "--nolock",
    ...jobs === undefined ? [] : ["--jobs", String(jobs)],
    ...args,
  ];
}

/** Runs Snakemake to its end; cancels its jobs if the signal is aborted. */
async function follow(
  args: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const path = join(folder, "snakemake.log");
  using log = await Deno.open(path, {
    write: true,
    create: true,
    append: true,
  });
  const child = tiedCommand([PROGRAM, ...args], {
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const stop = () => void child.stdin.close().catch(() => {});
  signal.addEventListener("abort", stop);
  try {
    if (signal.aborted) stop();
    for await (const bytes of child.stderr) await log.write(bytes);
    await child.status;
  } finally {
    signal.removeEventListener("abort", stop);
    await child.stdin.close().catch(() => {});
  }
  signal.throwIfAborted();
}
