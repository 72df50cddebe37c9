import { BadInput } from "../../bad_input.ts";
import { makePlan } from "../cluster/make_plan.ts";
import {
  checkSnakemake,
  type ClusterOptions,
  runPlan,
} from "../cluster/run_plan.ts";
import { measuring } from "./measuring.ts";
import { networkPlans, profilesOf } from "./profile_plan.ts";

/**
 * Trains the networks of a profile as jobs of a cluster, first those that decide
 * the numbers of methods. Notebooks then find all of them finished.
 *
 * @param name a profile, or a group of profiles
 * @throws {BadInput} if Snakemake is not installed, or the profile has no
 * networks on images
 * @throws {Error} if a job failed; the others are finished
 * @throws {Interrupted} after a signal
 */
export async function trainOnCluster(
  name: string,
  options: ClusterOptions,
  output: { readonly log: (text: string) => void; readonly terminal: boolean },
): Promise<void> {
  checkSnakemake(options.scheduler);
  const plans = profilesOf(name).flatMap(networkPlans);
  if (plans.length === 0) {
    throw new BadInput(
      `--executor ${options.scheduler} trains networks on images: profile ` +
        `${name} has none`,
    );
  }
  while (true) {
    const plan = await measuring(() => makePlan(name, output));
    const { jobs, complete } = plan;
    if (jobs.length > 0) {
      const { failed, reason } = await runPlan(plan, options, output);
      if (failed.length > 0) {
        throw new Error(
          `${failed.length} of ${jobs.length} jobs failed: ${reason}`,
        );
      }
    }
    if (complete) return;
  }
}
