import { BadInput, checkRange, checkWhole } from "../bad_input.ts";
import { DATASET_NAMES } from "../data/dataset.ts";
import { checkModelName } from "../models/model_name.ts";
import { checkMethod, needsTeacher } from "../smoothing/method.ts";
import { checkSchedule } from "../training/schedule.ts";
import {
  type DataSpec,
  isRun,
  type RunSpec,
  type TrainingSpec,
} from "./run_spec.ts";

const KEYS = {
  run: ["data", "model", "objective", "teacher", "training", "seed"],
  data: ["dataset", "limit", "trainFraction", "splitSeed"],
  training: [
    "optimizer",
    "learningRate",
    "momentum",
    "weightDecay",
    "milestones",
    "gamma",
    "batchSize",
    "epochs",
    "patience",
  ],
};

/**
 * Checks a spec where it enters: unknown keys, impossible numbers, a missing
 * teacher.
 *
 * @throws {BadInput} that names the key, its value and what is allowed
 */
export function checkSpec(spec: RunSpec): void {
  checkKeys("Run", spec, KEYS.run);
  checkData(spec.data);
  checkModelName(spec.model);
  checkTraining(spec.training);
  checkObjective(spec);
  checkWhole("Seed", spec.seed, 0);
  if (isRun(spec.teacher)) checkTeacher(spec.teacher, spec.data);
}

function checkTeacher(teacher: RunSpec, { dataset }: DataSpec): void {
  checkSpec(teacher);
  if (teacher.data.dataset === dataset) return;
  throw new BadInput(
    `A teacher must know the data set ${dataset}: ` +
      `it was trained on ${teacher.data.dataset}`,
  );
}

function checkData(data: DataSpec): void {
  checkKeys("Data", data, KEYS.data);
  if (!DATASET_NAMES.includes(data.dataset)) {
    throw new BadInput(
      `Data set must be one of ${DATASET_NAMES.join(", ")}: ` +
        `current value is ${data.dataset}`,
    );
  }
  if (data.limit !== null) checkWhole("Limit", data.limit, 2);
  if (data.splitSeed !== undefined) {
    checkWhole("Split seed", data.splitSeed, 0);
  }
  checkRange("Training fraction", data.trainFraction, {
    low: 0,
    high: 1,
    lowOpen: true,
    highOpen: true,
  });
}

function checkTraining(training: TrainingSpec): void {
  checkKeys("Training", training, KEYS.training);
  if (!["sgd", "adam"].includes(training.optimizer)) {
    throw new BadInput(
      `Optimizer must be sgd or adam: current value is ${training.optimizer}`,
    );
  }
  checkSchedule(training);
  checkRange("Momentum", training.momentum, {
    low: 0,
    high: 1,
    highOpen: true,
  });
  checkRange("Weight decay", training.weightDecay, {
    low: 0,
    high: Infinity,
    highOpen: true,
  });
  checkWhole("Batch size", training.batchSize, 1);
  checkWhole("Epochs", training.epochs, 1);
  if (training.patience !== null) checkWhole("Patience", training.patience, 1);
}

function checkObjective({ objective, teacher }: RunSpec): void {
  if (objective.kind === "distillation") {
    checkRange("Alpha", objective.alpha, { low: 0, high: 1 });
    checkRange("Temperature", objective.temperature, {
      low: 0,
      high: Infinity,
      lowOpen: true,
      highOpen: true,
    });
  } else {
    checkMethod(objective.method);
  }
  const wanted = objective.kind === "distillation" ||
    needsTeacher(objective.method);
  if (wanted === (teacher !== null)) return;
  const name = objective.kind === "targets"
    ? `Method ${objective.method.name}`
    : "Distillation";
  throw new BadInput(
    wanted ? `${name} needs a teacher` : `${name} takes no teacher`,
  );
}

function checkKeys(
  what: string,
  value: object,
  allowed: readonly string[],
): void {
  const unknown = Object.keys(value).find((key) => !allowed.includes(key));
  if (unknown === undefined) return;
  throw new BadInput(
    `${what} has an unknown key ${unknown}: allowed are ${allowed.join(", ")}`,
  );
}
