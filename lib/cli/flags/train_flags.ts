import { BadInput } from "../../bad_input.ts";
import { isArrayPath } from "../../files/array_path.ts";
import { SPLIT_SETTINGS } from "../../data/settings.ts";
import { checkSpec } from "../../runs/check_spec.ts";
import type { LabelNoise, Objective, RunSpec } from "../../runs/spec.ts";
import { RUN_SETTINGS } from "../../runs/settings.ts";
import { runWithTeacher } from "../../runs/teacher_plan.ts";
import { needsTeacher } from "../../smoothing/method.ts";
import { TRAINING_SETTINGS } from "../../training/settings.ts";
import { datasetFlags, datasetOf } from "./dataset_flags.ts";
import {
  optional,
  required,
  toggle,
  type Values,
  whole,
  withDefault,
} from "./flags.ts";
import { objectiveFlags, objectiveKind, objectiveOf } from "./method_flags.ts";
import { noiseFlags } from "./noise_flags.ts";
import { jobsFlag } from "./parallel_flags.ts";
import { settingFlags, settingsOf } from "./setting_flags.ts";
import { outputFolder } from "./output_flags.ts";
import { checkNoTeacher, teacherFlags, teacherPlan } from "./teacher_flags.ts";
import { modelKind } from "./model_kind.ts";

/** The flags of `ils train`. */
export const trainFlags = {
  ...datasetFlags,
  model: required(modelKind("architecture of the network")),
  method: withDefault("ce", objectiveKind),
  ...objectiveFlags,
  ...teacherFlags,
  asLogits: toggle(
    "the file of --teacher contains logits, even if they look like something " +
      "else, such as probabilities",
  ),
  ...settingFlags(TRAINING_SETTINGS),
  ...settingFlags(SPLIT_SETTINGS),
  ...noiseFlags,
  ...settingFlags(RUN_SETTINGS),
  numClasses: optional(
    whole(
      2,
      "expected number of classes: an error if the data has another number " +
        "(default: not checked)",
    ),
  ),
  jobs: jobsFlag,
  eceBins: withDefault(10, whole(1, "number of bins of calibration errors")),
  out: optional(
    outputFolder("DIR", "folder of the run (default: results/runs/ID)"),
  ),
  resume: toggle("resume from the checkpoint if there is one"),
  tensorboard: optional(
    outputFolder("DIR", "write every epoch for TensorBoard into DIR/ID"),
  ),
};

/** Values of the flags of `ils train`. */
export type TrainValues = Values<typeof trainFlags>;

/**
 * Throws if a teacher flag is given for a method without a teacher; reads no
 * files.
 *
 * @throws {BadInput} that names the flag, or for a wrong hyperparameter
 */
export function checkTeacherFlags(values: TrainValues): void {
  const objective = objectiveOf(values.method, values);
  if (objective.kind === "targets" && needsTeacher(objective.method)) return;
  checkNoTeacher(values.method, values);
}

/**
 * Throws if `--as-logits` is given without a file of logits.
 *
 * @throws {BadInput} that names the flags
 */
export function checkAsLogits(
  { asLogits, teacher }: Pick<TrainValues, "asLogits" | "teacher">,
): void {
  if (!asLogits || teacher !== undefined && isArrayPath(teacher)) return;
  throw new BadInput("--as-logits needs a file of logits as --teacher");
}

/** Parts of a run that its flags name, but which are read from files. */
export interface NamedParts {
  /**
   * The teacher of `--teacher`. Without it, a method that needs one has the
   * teacher that the other flags describe, by default the `ce` run with the same
   * settings.
   */
  readonly teacher?: RunSpec["teacher"];
  /** The label noise. */
  readonly noise?: LabelNoise | undefined;
}

/**
 * Returns the run that the flags describe, checked.
 *
 * @throws {BadInput} if settings contradict each other
 */
export function trainSpec(
  values: TrainValues,
  { teacher = null, noise }: NamedParts = {},
): RunSpec {
  const objective = objectiveOf(values.method, values);
  const plain: RunSpec = {
    data: {
      ...datasetOf(values),
      ...settingsOf(SPLIT_SETTINGS, values),
      ...(noise && { noise }),
    },
    model: values.model,
    objective: { kind: "targets", method: { name: "ce" } },
    teacher: null,
    training: settingsOf(TRAINING_SETTINGS, values),
    ...settingsOf(RUN_SETTINGS, values),
  };
  const spec = specOf(plain, objective, { values, teacher });
  checkSpec(spec);
  return spec;
}

/** Returns the run of an objective, with the teacher given or described. */
function specOf(
  plain: RunSpec,
  objective: Objective,
  { values, teacher }: {
    readonly values: TrainValues;
    readonly teacher: RunSpec["teacher"];
  },
): RunSpec {
  if (objective.kind !== "targets") {
    checkNoTeacher(values.method, values);
    return { ...plain, objective };
  }
  const plan = teacherPlan(objective.method, values);
  return teacher === null
    ? runWithTeacher(plain, objective.method, plan)
    : { ...plain, objective, teacher };
}
