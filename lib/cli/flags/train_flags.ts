import { BadInput } from "../../bad_input.ts";
import { checkSpec } from "../../runs/check_spec.ts";
import type { Objective, RunSpec, TrainingSpec } from "../../runs/spec.ts";
import { runWithTeacher } from "../../runs/teacher_plan.ts";
import { datasetFlags, datasetOf } from "./dataset_flags.ts";
import {
  byDefault,
  choice,
  number,
  numbers,
  optional,
  required,
  toggle,
  type Values,
  whole,
} from "./flags.ts";
import { objectiveFlags, objectiveKind, objectiveOf } from "./method_flags.ts";
import { outputFolder } from "./output_flags.ts";
import { checkNoTeacher, teacherFlags, teacherPlan } from "./teacher_flags.ts";
import { modelKind } from "./model_kind.ts";

const OPEN = { low: 0, high: 1, lowOpen: true, highOpen: true };
const NOT_NEGATIVE = { low: 0, high: Infinity, highOpen: true };

/** The momentum of SGD, where none is given. */
const MOMENTUM = 0.9;

/** The flags of `ils train`. */
export const trainFlags = {
  ...datasetFlags,
  model: required(
    modelKind("the network"),
  ),
  method: byDefault("ce", objectiveKind),
  ...objectiveFlags,
  ...teacherFlags,
  lr: byDefault(
    0.1,
    number({ ...NOT_NEGATIVE, lowOpen: true }, "learning rate"),
  ),
  optimizer: byDefault<"sgd" | "adam">(
    "sgd",
    choice(["sgd", "adam"], { placeholder: "O", help: "how weights move" }),
  ),
  momentum: optional(
    number(
      { low: 0, high: 1, highOpen: true },
      `Nesterov momentum of sgd; ${MOMENTUM} unless given`,
    ),
  ),
  weightDecay: byDefault(1e-4, number(NOT_NEGATIVE, "L2 weight decay")),
  milestones: byDefault(
    [0.5, 0.75],
    numbers(OPEN, "fractions of the epochs where the rate falls"),
  ),
  gamma: byDefault(
    0.1,
    number({ low: 0, high: 1, lowOpen: true }, "its factor there"),
  ),
  batchSize: byDefault(512, whole(1, "images a step")),
  epochs: byDefault(100, whole(1, "the most epochs")),
  estop: byDefault(
    10,
    whole(0, "epochs without a better validation loss before the end, 0: off"),
  ),
  trSize: byDefault(0.8, number(OPEN, "share that is trained on")),
  limit: optional(whole(2, "take so many of the training images in all")),
  seed: byDefault(1, whole(0, "seed of every random choice", "S")),
  numClasses: optional(
    whole(
      2,
      "classes, checked against the data set's: 10 of fashionmnist, cifar10 " +
        "and svhn, 100 of cifar100; as the data has them unless given",
    ),
  ),
  eceBins: byDefault(10, whole(1, "bins of the calibration errors")),
  out: optional(
    outputFolder("DIR", "the run's folder; results/runs/ID unless given"),
  ),
  resume: toggle("go on from the checkpoint, where there is one"),
};

/** What the flags of `ils train` held. */
export type TrainValues = Values<typeof trainFlags>;

/**
 * The run that the flags describe, checked.
 *
 * @param teacher the one that was given; without it, a method that needs one
 * is taught as the flags say, by the `ce` run of the same settings at first
 * @throws {BadInput} if settings do not fit together
 */
export function trainSpec(
  values: TrainValues,
  teacher: RunSpec["teacher"],
): RunSpec {
  const objective = objectiveOf(values.method, values);
  const { limit = null, trSize, model, seed } = values;
  const plain: RunSpec = {
    data: { ...datasetOf(values), limit, trainFraction: trSize },
    model,
    objective: { kind: "targets", method: { name: "ce" } },
    teacher: null,
    training: trainingOf(values),
    seed,
  };
  const spec = specOf(plain, objective, { values, teacher });
  checkSpec(spec);
  return spec;
}

/** The run of an objective, by the given teacher or the one that flags make. */
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

function trainingOf(values: TrainValues): TrainingSpec {
  const { optimizer, lr, momentum, weightDecay, milestones, gamma } = values;
  const { batchSize, epochs, estop } = values;
  if (optimizer === "adam" && momentum !== undefined) {
    throw new BadInput("Optimizer adam does not use --momentum");
  }
  return {
    optimizer,
    learningRate: lr,
    momentum: optimizer === "adam" ? 0 : momentum ?? MOMENTUM,
    weightDecay,
    milestones,
    gamma,
    batchSize,
    epochs,
    patience: estop === 0 ? null : estop,
  };
}
