import { runId } from "../../../runs/spec.ts";
import {
  methodOfRun,
  type PlannedRun,
  type TunePlan,
} from "../../../tune/plan.ts";
import { objectiveFlags } from "../../flags/method_flags.ts";
import { teacherFlags } from "../../flags/teacher_flags.ts";
import { trainCommand } from "../../flags/train_command.ts";
import { trainSpec, type TrainValues } from "../../flags/train_flags.ts";

/**
 * Returns an `ils train` command for each run of a plan, teachers first. A
 * teacher that the flags of `ils train` cannot describe (an ensemble member, or
 * a network without a fold) has no command: the first run that needs it trains
 * it.
 *
 * @param inputs values of the candidates' flags, by run id
 */
export function tuneCommands(
  { runs }: TunePlan,
  inputs: ReadonlyMap<string, TrainValues>,
): string[] {
  const teaching = new Set(runs.flatMap(({ taughtBy }) => taughtBy));
  const ordered = [
    ...runs.filter(({ id }) => teaching.has(id)),
    ...runs.filter(({ id }) => !teaching.has(id)),
  ];
  const [like] = inputs.values();
  const commands: string[] = [];
  for (const run of ordered) {
    const values = inputs.get(run.id) ?? teacherValues(run, like);
    if (values !== undefined) commands.push(trainCommand(values));
  }
  return commands;
}

/** Returns flags of `ils train` for a teacher if they give the same run. */
function teacherValues(
  { id, spec }: PlannedRun,
  like: TrainValues,
): TrainValues | undefined {
  const { method, numbers } = methodOfRun(spec);
  const names = Object.keys({ ...objectiveFlags, ...teacherFlags });
  const values = {
    ...like,
    ...Object.fromEntries(names.map((name) => [name, undefined])),
    ...numbers,
    method,
    seed: spec.seed,
  } as TrainValues;
  const { noise } = spec.data;
  return runId(trainSpec(values, { noise })) === id ? values : undefined;
}
