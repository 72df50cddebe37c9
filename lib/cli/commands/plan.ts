import { dirname, join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { duration } from "../../duration.ts";
import { type JobPlan, planFile } from "../../cluster/job_plan.ts";
import { planJobs, type RunToPlan } from "../../cluster/plan_jobs.ts";
import { estimate, type Measure } from "../../cost/estimate.ts";
import { writeFileAtomic } from "../../files/write_file_atomic.ts";
import { isRunStarted } from "../../runs/folder.ts";
import { useThreads } from "../../runs/threads.ts";
import { RUNS_FOLDER } from "../../runs/store.ts";
import { command, type Context } from "../command.ts";
import { choice, required, toggle } from "../flags/flags.ts";
import { listRuns, type RunList } from "../reproduce/list_runs.ts";
import { measureOnNoise } from "../reproduce/measure_on_noise.ts";
import {
  networkPlans,
  PLANNED_PROFILES,
  PROFILE_GROUPS,
  profilesOf,
} from "../reproduce/profile_plan.ts";

const flags = {
  profile: required(
    choice([...PLANNED_PROFILES.keys(), ...PROFILE_GROUPS.keys()], {
      placeholder: "NAME",
      help: "the profile to plan",
    }),
  ),
  dryRun: toggle("write no file"),
};

/** `ils plan`: lists the runs of a profile as jobs for a scheduler. */
export const plan = command({
  flags,
  first: "profile",
  examples: [
    "plan --profile smoke --json",
    "plan --profile paper --dry-run",
  ],
  notes:
    `Writes results/plans/NAME.json, from which ils run trains single runs, and
prints the same value with --json. It has runs, each after the runs that it needs
(id, method, numbers, seed, candidate, state: finished, begun or missing, after,
command, spec), jobs (runs that one process trains one after the other: id, runs,
after, command, resources: threads, memoryMb, gpus, minutes), results (the command
that writes tables and pages), complete, finished, seconds (with atOnce runs at
once), secondsFrom, multiplyAdds and bytes. Commands are arguments of deno task.

A profile that is tuned first cannot be planned whole before: complete is then false,
results is null, and the same command plans the other runs once these are finished.
One step of each network is measured on this device. See docs/cluster.md.`,
  async run({ profile, dryRun }, context) {
    const made = await makePlan(profile, context);
    if (!dryRun) await writePlan(made);
    return { json: made, text: planText(made) };
  },
});

/**
 * Plans a profile's runs as far as they are known.
 *
 * @throws {BadInput} if the profile has no networks on images
 */
async function makePlan(name: string, context: Context): Promise<JobPlan> {
  const { log } = context;
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

async function writePlan(plan: JobPlan): Promise<void> {
  await Deno.mkdir(dirname(plan.file), { recursive: true });
  await writeFileAtomic(plan.file, JSON.stringify(plan, null, 2) + "\n");
}

function planText(plan: JobPlan): string {
  const { runs, jobs, finished, complete, multiplyAdds, seconds, bytes } = plan;
  const lines = [
    `${runs.length} runs, ${finished} finished; the others in ` +
    `${jobs.length} jobs: at most ${multiplyAdds.toExponential(1)} ` +
    `multiply-adds, ${duration(seconds)} one after the other, ` +
    `${(bytes / 1e6).toFixed(1)} MB`,
    ...complete
      ? []
      : ["More runs follow from the results of these: plan again then"],
  ];
  return lines.map((line) => `${line}\n`).join("");
}
