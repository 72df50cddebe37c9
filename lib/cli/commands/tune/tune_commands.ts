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
 * An `ils train` command for each run of a plan, those first that teach others.
 * A teacher that is no run of its own by the flags of `ils train` (a member of
 * an ensemble, one that holds out a fold) has none: it is trained by the first
 * that needs it.
 *
 * @param inputs what the candidates are told, by id
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

/** What `ils train` is told of a teacher, if that gives the very same run. */
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
  return runId(trainSpec(values, null)) === id ? values : undefined;
}
