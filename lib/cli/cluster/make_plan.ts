import { join } from "node:path";
import { type JobPlan, planFile } from "../../cluster/job_plan.ts";
import { planJobs, type RunToPlan } from "../../cluster/plan_jobs.ts";
import { estimate, type Measure } from "../../cost/estimate.ts";
import { isRunStarted } from "../../runs/folder.ts";
import { runsFolder } from "../../runs/store.ts";
import { useThreads } from "../../runs/threads.ts";
import { SYNTHETIC_STUDIES } from "../../synthetic/studies.ts";
import type { Context } from "../command.ts";
import { listRuns, type RunList } from "../reproduce/list_runs.ts";
import { measureOnNoise } from "../reproduce/measure_on_noise.ts";
import { networkPlans, profilesOf } from "../reproduce/profile_plan.ts";
import { planDatasets } from "./plan_datasets.ts";

/** Plans a profile's runs, as far as they are known, and its synthetic data sets. */
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
  const runs = await withStates(lists);
  const missing = runs.filter(({ state }) => state !== "finished")
    .map(({ spec }) => spec);
  if (runs.length > 0) useThreads(runs[0].spec.training.threads);
  const cost = await estimate(missing, lazily(() => measureOnNoise(log)));
  const complete = lists.every(({ tuned }) => tuned);
  return planJobs(runs, {
    ...{ name, file: planFile(name), cost, atOnce: 1 },
    results: complete ? ["reproduce", "--profile", name] : null,
    datasets: await planDatasets(
      profilesOf(name).map((profile) => SYNTHETIC_STUDIES[profile])
        .filter((study) => study !== undefined),
    ),
  });
}

/** Returns the runs of profiles, each once. */
async function withStates(
  lists: readonly RunList[],
): Promise<RunToPlan[]> {
  const all = lists.flatMap(({ runs }) => runs);
  const runs = new Map(all.map((run) => [run.id, run]));
  return await Promise.all([...runs.values()].map(async (run) => {
    const { id, spec, finished } = run;
    const begun = !finished && await isRunStarted(join(runsFolder(), id));
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
