import type { JobPlan } from "../../cluster/job_plan.ts";
import { makePlan } from "../cluster/make_plan.ts";
import {
  checkSnakemake,
  type ClusterOptions,
  runPlan,
} from "../cluster/run_plan.ts";
import { measuring } from "./measuring.ts";
import type { ReproduceValues } from "./reproduce_flags.ts";

/** Flags that concern the notebooks. */
type NotebookFlags = Pick<ReproduceValues, "only" | "cellTimeout">;

/**
 * Trains the networks of a profile as jobs of a cluster, first those that decide
 * the numbers of methods, computes its synthetic data sets and executes its
 * notebooks there. With `only`, the notebooks are left to the caller.
 *
 * @param name a profile, or a group of profiles
 * @throws {BadInput} if Snakemake is not installed
 * @throws {Error} if a job failed; the others are finished
 * @throws {Interrupted} after a signal
 */
export async function runOnCluster(
  name: string,
  options: ClusterOptions & NotebookFlags,
  output: { readonly log: (text: string) => void; readonly terminal: boolean },
): Promise<void> {
  checkSnakemake(options.scheduler);
  while (true) {
    const plan = withFlags(
      await measuring(() => makePlan(name, output)),
      options,
    );
    if (plan.jobs.length > 0 || plan.results !== null) {
      const { failed, total, reason } = await runPlan(plan, options, output);
      if (failed.length > 0) {
        throw new Error(`${failed.length} of ${total} jobs failed: ${reason}`);
      }
    }
    if (plan.complete) return;
  }
}

function withFlags(
  plan: JobPlan,
  { only, cellTimeout }: NotebookFlags,
): JobPlan {
  const { results } = plan;
  if (results === null || only !== undefined) return { ...plan, results: null };
  const flags = cellTimeout ? ["--cell-timeout", String(cellTimeout)] : [];
  return {
    ...plan,
    results: { ...results, command: [...results.command, ...flags] },
  };
}
