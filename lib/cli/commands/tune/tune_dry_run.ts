import type { Estimate } from "../../../cost/estimate.ts";
import { objectiveNumbers } from "../../../runs/describe.ts";
import { objectiveName, runId } from "../../../runs/spec.ts";
import {
  type JobPlan,
  planFile,
  type PlanInputs,
} from "../../../cluster/job_plan.ts";
import { planJobs } from "../../../cluster/plan_jobs.ts";
import { type PlannedRun, tuneId, type TunePlan } from "../../../tune/plan.ts";
import type { RunState } from "../../../tune/run_states.ts";
import type { Answer } from "../../command.ts";
import type { TrainValues } from "../../flags/train_flags.ts";
import { tuneCommands } from "./tune_commands.ts";
import type { TuneRunInput } from "./tune_flags.ts";

const STATE_TEXTS: Readonly<Record<RunState, string>> = {
  finished: "finished",
  begun: "begun",
  missing: "not trained",
};

/** What a plan of jobs needs besides the runs. */
export interface JobOptions {
  readonly cost: Estimate;
  /** Number of runs at once. */
  readonly jobs: number;
  /** Arguments of `ils tune`. */
  readonly args: readonly string[];
  readonly inputs: PlanInputs;
}

/** Returns the runs as jobs of a cluster. */
export function tuneJobs(
  plan: TunePlan,
  states: readonly RunState[],
  { cost, jobs, args, inputs }: JobOptions,
): JobPlan {
  const name = tuneId(plan);
  const planned = plan.runs.map(({ spec, candidate }, i) => ({
    ...{ spec, candidate, state: states[i] },
  }));
  return planJobs(planned, {
    ...{ name, file: planFile(name), cost, atOnce: jobs, inputs },
    results: ["ils", "tune", ...trainedHere(args)],
  });
}

/** Returns the arguments of a call that trains here and prints its table. */
function trainedHere(args: readonly string[]): string[] {
  const flags = args.map((arg) => arg.replaceAll("_", "-"));
  const taken = flags.map((flag, i) =>
    /^--(dry-run|json|(executor|jobs)(=|$))/.test(flag) ||
    /^--(executor|jobs)$/.test(flags[i - 1] ?? "")
  );
  return args.filter((_, i) => !taken[i]);
}

/**
 * The answer of `ils tune --dry-run`: the runs as jobs, and their total cost.
 */
export function dryAnswer(
  plan: TunePlan,
  states: readonly RunState[],
  options: JobOptions,
): Answer {
  return {
    json: tuneJobs(plan, states, options),
    text: plan.runs.map((run, i) =>
      `${describePlanned(run)}: ${STATE_TEXTS[states[i]]}\n`
    ).join(""),
  };
}

/**
 * Describes a run by what distinguishes it within its plan:
 * "ils epsilon 0.05 temperature 2 seed 1", "ce seed 1, teacher, fold 2 of 5".
 */
export function describePlanned(
  { spec, candidate }: Pick<PlannedRun, "spec" | "candidate">,
): string {
  const numbers = objectiveNumbers(spec).replaceAll(",", "");
  const name = [objectiveName(spec), numbers, `seed ${spec.seed}`]
    .filter((part) => part !== "").join(" ");
  const { holdOut } = spec.data;
  return [
    name,
    ...(candidate ? [] : ["teacher"]),
    ...(holdOut ? [`fold ${holdOut.fold + 1} of ${holdOut.folds}`] : []),
  ].join(", ");
}

/** The answer of `ils tune --dry-run --commands`: a command line per run. */
export async function commandsAnswer(
  plan: TunePlan,
  inputs: readonly TuneRunInput[],
): Promise<Answer> {
  const { DATA_MEASURE } = await import("../../../cost/measure_data.ts");
  const { classes: numClasses } = await DATA_MEASURE.sizes(inputs[0].spec);
  const known = new Map<string, TrainValues>();
  for (const { values, spec } of inputs) {
    known.set(runId(spec), { ...values, numClasses });
  }
  const commands = tuneCommands(plan, known);
  return {
    json: { commands },
    text: commands.map((line) => `${line}\n`).join(""),
  };
}
