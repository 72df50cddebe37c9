import type { JobPlan } from "../../../cluster/job_plan.ts";
import { runsFolder } from "../../../runs/store.ts";
import { openPlanned } from "../../../tune/run_states.ts";
import type { RunOutcome } from "../../../tune/train_plan.ts";
import { type ClusterOptions, runPlan } from "../../cluster/run_plan.ts";
import type { Context } from "../../command.ts";

/** Options of `trainOnCluster()`. */
interface TrainOptions extends ClusterOptions {
  readonly context: Context;
  readonly onDamaged: (reason: string) => void;
}

/**
 * Trains the runs of a grid as jobs of a cluster.
 *
 * @returns the outcomes by id, in the order of the plan
 */
export async function trainOnCluster(
  plan: JobPlan,
  { context, onDamaged, ...options }: TrainOptions,
): Promise<Map<string, RunOutcome>> {
  if (plan.jobs.length > 0) {
    const { failed, total, reason } = await runPlan(plan, options, context);
    if (failed.length > 0) {
      context.log(`${failed.length} of ${total} jobs failed: ${reason}\n`);
    }
  }
  const outcomes = new Map<string, RunOutcome>();
  for (const run of plan.runs) {
    const record = await openPlanned(run, runsFolder(), onDamaged);
    outcomes.set(
      run.id,
      record === undefined
        ? { state: "failed", reason: "its job failed" }
        : { state: "done", record },
    );
  }
  return outcomes;
}
