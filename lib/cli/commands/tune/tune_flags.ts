import { BadInput } from "../../../bad_input.ts";
import { RUN_SETTINGS } from "../../../runs/settings.ts";
import type { ForeignTeacher, RunSpec } from "../../../runs/spec.ts";
import {
  AXES,
  type AxisName,
  type GridPoint,
  gridPoints,
  type TrainedBy,
} from "../../../tune/grid.ts";
import {
  type MethodSpec,
  needsTeacher,
  numbersOf,
} from "../../../smoothing/method.ts";
import { isLossName } from "../../../training/loss_spec.ts";
import {
  byDefault,
  type Flag,
  flagName,
  optional,
  path,
  several,
  toggle,
  type Values,
} from "../../flags/flags.ts";
import { objectiveFlags, objectiveKind } from "../../flags/method_flags.ts";
import { settingKind } from "../../flags/setting_flags.ts";
import { outputFolder } from "../../flags/output_flags.ts";
import { teacherFlags } from "../../flags/teacher_flags.ts";
import {
  trainFlags,
  trainSpec,
  type TrainValues,
} from "../../flags/train_flags.ts";

const { scores: scoresFlag, ...numberFlags } = objectiveFlags;

/** A list of values for each number of the methods and losses. */
const axisFlags = Object.fromEntries(
  Object.entries(numberFlags).map(([name, flag]) => {
    const { grid, help: plain } = AXES[name as AxisName];
    const help = grid === undefined
      ? flag.help
      : `${plain} (default: ${grid.join(",")})`;
    return [name, optional(several({ ...flag, help } as Flag<number>))];
  }),
) as unknown as Readonly<
  Record<AxisName, Flag<readonly number[] | undefined>>
>;

/** What `ils tune` sets itself in every run. */
const {
  dataset,
  model,
  method: _method,
  seed: _seed,
  numClasses: _numClasses,
  out: _out,
  resume: _resume,
  teacher: _teacher,
  ...others
} = trainFlags;

/** The flags of training that all runs of a choice share. */
const sharedFlags = Object.fromEntries(
  Object.entries(others).filter(([name]) => !(name in objectiveFlags)),
) as Omit<typeof others, keyof typeof objectiveFlags>;

/** The flags of `ils tune`. */
export const tuneFlags = {
  dataset,
  model,
  methods: byDefault(["ce", "ls", "ils"], several(objectiveKind)),
  ...axisFlags,
  scores: scoresFlag,
  seeds: byDefault(
    [1, 2, 3],
    several(
      settingKind(
        RUN_SETTINGS.seed,
        "seeds; every combination is trained with each",
      ),
    ),
  ),
  ...sharedFlags,
  teacher: optional(
    path(
      "L.npy",
      "teacher logits of all training images, in order, for every run " +
        "(default: for each seed the ce run with that seed, or the teacher " +
        "that the other teacher flags describe)",
    ),
  ),
  out: optional(
    outputFolder("DIR", "folder for the results (default: results/tune/ID)"),
  ),
  dryRun: toggle(
    "show what would be trained and what it would cost, and train nothing",
  ),
  commands: toggle("with --dry-run: print an ils train command for each run"),
};

/** What the flags of `ils tune` held. */
export type TuneValues = Values<typeof tuneFlags>;

/** One run as `ils train` would be told of it. */
export interface TuneRunInput {
  readonly values: TrainValues;
  readonly spec: RunSpec;
}

/**
 * Of each point of the grid its runs, one a seed, each of which is what
 * `ils train` makes of the same flags.
 *
 * @param teacher the logits of `--teacher`, where it is given
 * @throws {BadInput} for a flag that no method uses, or that is wrong
 */
export function tuneInputs(
  values: TuneValues,
  teacher: ForeignTeacher | null,
): TuneRunInput[][] {
  checkTeacherFlags(values);
  const { methods, seeds, scores } = values;
  const axes = Object.fromEntries(
    Object.keys(axisFlags).map((name) => [name, values[name as AxisName]]),
  );
  return gridPoints(methods, { axes, scores }).map((point) =>
    seeds.map((seed) => {
      const input = trainValues(values, point, seed);
      const spec = trainSpec(input, teaches(point.method) ? teacher : null);
      return { values: input, spec };
    })
  );
}

function trainValues(
  values: TuneValues,
  { method, numbers }: GridPoint,
  seed: number,
): TrainValues {
  const blank = (flags: object) =>
    Object.fromEntries(Object.keys(flags).map((name) => [name, undefined]));
  const { methods: _, seeds: __, dryRun: ___, commands: ____, ...shared } =
    values;
  return {
    ...shared,
    ...(teaches(method) ? {} : blank(teacherFlags)),
    ...blank(objectiveFlags),
    ...numbers,
    ...(takesScores(method) ? { scores: values.scores } : {}),
    method,
    seed,
    numClasses: trainFlags.numClasses.fallback,
    out: undefined,
    resume: false,
  } as TrainValues;
}

function checkTeacherFlags(values: TuneValues): void {
  if (values.methods.some(teaches)) return;
  const given = Object.keys(teacherFlags).find((name) =>
    values[name as keyof typeof teacherFlags] !== undefined
  );
  if (given === undefined) return;
  throw new BadInput(
    `None of the methods ${values.methods.join(", ")} uses ${flagName(given)}` +
      ": none has a teacher",
  );
}

function takesScores(name: TrainedBy): boolean {
  return !isLossName(name) && numbersOf(name).includes("scores");
}

/** True for one that is taught. */
function teaches(name: TrainedBy): boolean {
  return !isLossName(name) && needsTeacher({ name } as MethodSpec);
}
