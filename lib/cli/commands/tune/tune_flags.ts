import { BadInput } from "../../../bad_input.ts";
import { RUN_SETTINGS } from "../../../runs/settings.ts";
import type {
  ForeignTeacher,
  LabelNoise,
  RunSpec,
} from "../../../runs/spec.ts";
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
import { TRAINING_SETTINGS } from "../../../training/settings.ts";
import { flagName } from "../../flags/flag_name.ts";
import {
  type Flag,
  optional,
  path,
  several,
  toggle,
  type Values,
  withDefault,
} from "../../flags/flags.ts";
import { objectiveFlags, objectiveKind } from "../../flags/method_flags.ts";
import { settingKind } from "../../flags/setting_flags.ts";
import { executorFlag, THREADS_HELP } from "../../flags/parallel_flags.ts";
import { outputFolder } from "../../flags/output_flags.ts";
import { teacherFlags } from "../../flags/teacher_flags.ts";
import {
  trainFlags,
  trainSpec,
  type TrainValues,
} from "../../flags/train_flags.ts";

const { scores: scoresFlag, ...numberFlags } = objectiveFlags;

/** Flags with a list of values for each hyperparameter. */
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

/** Flags of `ils train` that `ils tune` replaces, and the others. */
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

/** Flags of training that all runs share. */
const sharedFlags = Object.fromEntries(
  Object.entries(others).filter(([name]) => !(name in objectiveFlags)),
) as Omit<typeof others, keyof typeof objectiveFlags>;

/** The flags of `ils tune`. */
export const tuneFlags = {
  dataset,
  model,
  methods: withDefault(["ce", "ls", "ils"], several(objectiveKind)),
  ...axisFlags,
  scores: scoresFlag,
  seeds: withDefault(
    [1, 2, 3],
    several(
      settingKind(
        RUN_SETTINGS.seed,
        "seeds; every combination is trained with each of them",
      ),
    ),
  ),
  ...sharedFlags,
  threads: withDefault(1, settingKind(TRAINING_SETTINGS.threads, THREADS_HELP)),
  teacher: optional(
    path(
      "L.npy",
      "teacher logits for all training images, in order, for every run " +
        "(default: for each seed the teacher that the other --teacher-... " +
        "flags and --generations describe; without these, the ce run)",
    ),
  ),
  out: optional(
    outputFolder("DIR", "folder for the results (default: results/tune/ID)"),
  ),
  dryRun: toggle(
    "show what would be trained and its estimated cost; train nothing",
  ),
  executor: executorFlag,
  commands: toggle("with --dry-run: print an ils train command for each run"),
};

/** Values of the flags of `ils tune`. */
export type TuneValues = Values<typeof tuneFlags>;

/** One run, with the values of `ils train`'s flags that give it. */
export interface TuneRunInput {
  readonly values: TrainValues;
  readonly spec: RunSpec;
}

/**
 * Returns the runs of each point of the grid, one per seed. `ils train` with the
 * same flags gives the same runs.
 *
 * @param parts the logits of `--teacher`, and the label noise
 * @throws {BadInput} for a flag that no method uses, or a wrong value
 */
export function tuneInputs(
  values: TuneValues,
  { teacher, noise }: {
    readonly teacher?: ForeignTeacher | undefined;
    readonly noise?: LabelNoise | undefined;
  } = {},
): TuneRunInput[][] {
  checkTeacherFlags(values);
  const { methods, seeds, scores } = values;
  const axes = Object.fromEntries(
    Object.keys(axisFlags).map((name) => [name, values[name as AxisName]]),
  );
  return gridPoints(methods, { axes, scores }).map((point) =>
    seeds.map((seed) => {
      const input = trainValues(values, point, seed);
      const taught = teacher !== undefined && teaches(point.method);
      const spec = trainSpec(input, {
        noise,
        teacher: taught ? teacher : null,
      });
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
  const {
    methods: _,
    seeds: __,
    dryRun: ___,
    commands: ____,
    executor: ______,
    jobs: _____,
    ...shared
  } = values;
  return {
    ...shared,
    ...(teaches(method) ? {} : { ...blank(teacherFlags), asLogits: false }),
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
  const unused = Object.keys(teacherFlags).find((name) =>
    values[name as keyof typeof teacherFlags] !== undefined
  );
  if (unused === undefined) return;
  throw new BadInput(
    `${flagName(unused)} is not used: none of the methods ` +
      `${values.methods.join(", ")} has a teacher`,
  );
}

function takesScores(name: TrainedBy): boolean {
  return !isLossName(name) && numbersOf(name).includes("scores");
}

/** Tests whether a method needs a teacher. */
function teaches(name: TrainedBy): boolean {
  return !isLossName(name) && needsTeacher({ name } as MethodSpec);
}
