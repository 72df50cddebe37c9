import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { type JobPlan, planFile } from "../../cluster/job_plan.ts";
import { planJobs, type RunToPlan } from "../../cluster/plan_jobs.ts";
import { estimate, type Measure } from "../../cost/estimate.ts";
import { isRunStarted } from "../../runs/folder.ts";
import { RUNS_FOLDER } from "../../runs/store.ts";
import { useThreads } from "../../runs/threads.ts";
import type { Context } from "../command.ts";
import { listRuns, type RunList } from "../reproduce/list_runs.ts";
import { measureOnNoise } from "../reproduce/measure_on_noise.ts";
import { networkPlans, profilesOf } from "../reproduce/profile_plan.ts";

/**
 * Plans a profile's runs as far as they are known.
 *
 * @throws {BadInput} if the profile has no networks on images
 */
export async function makePlan(
  name: string,
  { log }: Pick<Context, "log">,
): Promise<JobPlan> {
  const lists = await Promise.all(
    profilesOf(name).map((profile) =>
      listRuns(
        { name: profile, summary: "", plans: networkPlans(profile) },
        { root: ".", untuned: "left out", log },
      )
    ),
  );
  const runs = await withStates(name, lists);
  const missing = runs.filter(({ state }) => state !== "finished")
    .map(({ spec }) => spec);
  useThreads(runs[0].spec.training.threads);
  const cost = await estimate(missing, lazily(() => measureOnNoise(log)));
  const complete = lists.every(({ tuned }) => tuned);
  return planJobs(runs, {
    ...{ name, file: planFile(name), cost, atOnce: 1 },
    results: complete ? ["reproduce", "--profile", name] : null,
  });
}

/** Returns the runs of profiles, each once. */
async function withStates(
  name: string,
  lists: readonly RunList[],
): Promise<RunToPlan[]> {
  const all = lists.flatMap(({ runs }) => runs);
  if (all.length === 0) {
    throw new BadInput(
      `Cannot plan profile ${name}: it trains no networks on images`,
    );
  }
  const runs = new Map(all.map((run) => [run.id, run]));
  return await Promise.all([...runs.values()].map(async (run) => {
    const { id, spec, finished } = run;
    const begun = !finished && await isRunStarted(join(RUNS_FOLDER, id));
    return { spec, state: finished ? "finished" : begun ? "begun" : "missing" };
  }));
}

/** Returns measurements that start with the first call. */
function lazily(start: () => Promise<Measure>): Measure {
  let started: Promise<Measure> | undefined;
  const measure = () => started ??= start();
  return {
    sizes: async (spec) => (await measure()).sizes(spec),
    network: async (spec) => (await measure()).network(spec),
    speed: async (spec) => (await measure()).speed(spec),
  };
}
