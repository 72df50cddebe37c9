import type { JobPlan } from "../../cluster/job_plan.ts";
import { duration } from "../../duration.ts";
import { checkResultsWritable } from "../../files/user_folders.ts";
import { makePlan } from "../cluster/make_plan.ts";
import { writePlan } from "../cluster/run_plan.ts";
import { command } from "../command.ts";
import { choice, required, toggle } from "../flags/flags.ts";
import { PLANNED_PROFILES, PROFILE_GROUPS } from "../reproduce/profile_plan.ts";

const flags = {
  profile: required(
    choice([...PLANNED_PROFILES.keys(), ...PROFILE_GROUPS.keys()], {
      placeholder: "NAME",
      help: "the profile to plan",
    }),
  ),
  dryRun: toggle("write no file"),
};

/** `ils plan`: lists the runs and data sets of a profile as jobs for a scheduler. */
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
after, command, resources: threads, memoryMb, gpus, minutes; with datasets for
synthetic data sets: folder, first, count), results (the command that writes tables
and pages), complete, finished, datasets (total, finished), seconds (with atOnce runs
at once), secondsFrom, multiplyAdds and bytes. Commands are arguments of deno task.

A profile that is tuned first cannot be planned whole before: complete is then false,
results is null, and the same command plans the other runs once these are finished.
One step of each network is measured on this device. See docs/cluster.md.`,
  async run({ profile, dryRun }, context) {
    if (!dryRun) checkResultsWritable();
    const made = await makePlan(profile, context);
    if (!dryRun) await writePlan(made);
    return { json: made, text: planText(made) };
  },
});

function planText(plan: JobPlan): string {
  const { runs, jobs, datasets, multiplyAdds, seconds, bytes } = plan;
  const parts = [
    { what: "runs", total: runs.length, finished: plan.finished },
    { what: "data sets", ...datasets },
  ].filter(({ total }) => total > 0);
  const counts = parts.map(({ what, total, finished }) =>
    `${total} ${what}, ${finished} finished`
  );
  const networks = multiplyAdds > 0
    ? `at most ${multiplyAdds.toExponential(1)} multiply-adds, ` +
      `${(bytes / 1e6).toFixed(1)} MB, `
    : "";
  const lines = [
    `${counts.join("; ")}; the others in ${jobs.length} jobs: ${networks}` +
    `${duration(seconds)} one after the other`,
    ...plan.complete
      ? []
      : ["More runs follow from the results of these: plan again then"],
  ];
  return lines.map((line) => `${line}\n`).join("");
}
