import { BadInput, checkRange, checkWhole } from "../bad_input.ts";
import { DATASET_NAMES } from "../data/dataset.ts";
import type { OwnData } from "../data/own/load.ts";
import { checkModelName } from "../models/model_name.ts";
import { needsTeacher } from "../smoothing/method.ts";
import { checkMethod } from "../smoothing/parse_method.ts";
import { checkLoss } from "../training/loss_spec.ts";
import { checkSchedule } from "../training/schedule.ts";
import {
  type DataSpec,
  type HoldOut,
  isSameDataset,
  type Objective,
  runOfTeacher,
  type RunSpec,
  type TeacherSpec,
  type TrainingSpec,
} from "./spec.ts";
import { teacherRuns } from "./teacher_runs.ts";

const KEYS = {
  run: ["data", "model", "objective", "teacher", "training", "seed"],
  data: ["dataset", "own", "limit", "trainFraction", "splitSeed", "holdOut"],
  own: ["folder", "sha256", "imageSize", "fit", "channels", "augment"],
  holdOut: ["folds", "fold", "seed"],
  ensemble: ["kind", "ensemble", "members"],
  crossFitted: ["kind", "crossFitted", "folds", "repeats"],
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
  if (spec.teacher !== null) checkTeacher(spec.teacher, spec.data);
}

function checkTeacher(teacher: TeacherSpec, data: DataSpec): void {
  switch (teacher.kind) {
    case "logits":
      return checkUnfolded("Logits from elsewhere", data);
    case "run":
      return checkNetwork(runOfTeacher(teacher), data);
    case "ensemble":
      checkKeys("Ensemble", teacher, KEYS.ensemble);
      checkWhole("Members of an ensemble", teacher.members, 2);
      return checkNetwork(teacher.ensemble, data);
    case "cross-fitted":
      checkKeys("Cross-fitted teacher", teacher, KEYS.crossFitted);
      checkWhole("Folds", teacher.folds, 2);
      checkWhole("Repeats", teacher.repeats, 1);
      checkUnfolded("A cross-fitted teacher", data);
      checkNetwork(teacher.crossFitted, data);
      // Its teacher has to hold out a fold as well.
      return checkSpec(teacherRuns(teacher)[0]);
    default:
      throw new BadInput(
        "A teacher's kind must be run, ensemble, cross-fitted or logits: " +
          `current value is ${(teacher as { kind?: unknown }).kind}`,
      );
  }
}

function checkUnfolded(teacher: string, { holdOut }: DataSpec): void {
  if (holdOut === undefined) return;
  throw new BadInput(
    `${teacher} cannot teach a run that holds out ${foldText(holdOut)}: ` +
      `that fold must be new to its teacher`,
  );
}

/** Checks a network that teaches, alone or with others, a run of such data. */
function checkNetwork(teacher: RunSpec, data: DataSpec): void {
  const { holdOut } = data;
  checkSpec(teacher);
  if (!isSameDataset(teacher.data, data)) {
    throw new BadInput(
      `A teacher must know the data set ${datasetText(data)}: ` +
        `it was trained on ${datasetText(teacher.data)}` +
        (datasetText(data) === datasetText(teacher.data)
          ? ", but with other flags for its images"
          : ""),
    );
  }
  // A teacher that had seen a fold would tell of it to one that has not.
  if (foldText(teacher.data.holdOut) === foldText(holdOut)) return;
  throw new BadInput(
    `A teacher must hold out what its pupil does, ${foldText(holdOut)}: ` +
      `it holds out ${foldText(teacher.data.holdOut)}`,
  );
}

/** A data set's name, with the beginning of what a person's own is known by. */
function datasetText({ dataset, own }: DataSpec): string {
  return own === undefined
    ? dataset
    : `${dataset} (${own.sha256.slice(0, 10)})`;
}

function foldText(holdOut: HoldOut | undefined): string {
  if (holdOut === undefined) return "nothing";
  const { folds, fold, seed } = holdOut;
  return `fold ${fold} of ${folds} by seed ${seed}`;
}

function checkData(data: DataSpec): void {
  checkKeys("Data", data, KEYS.data);
  if (data.own !== undefined) checkOwn(data.own);
  else if (!DATASET_NAMES.includes(data.dataset)) {
    throw new BadInput(
      `Data set must be one of ${DATASET_NAMES.join(", ")}: ` +
        `current value is ${data.dataset}`,
    );
  }
  if (data.limit !== null) checkWhole("Limit", data.limit, 2);
  if (data.splitSeed !== undefined) {
    checkWhole("Split seed", data.splitSeed, 0);
  }
  if (data.holdOut !== undefined) checkHoldOut(data.holdOut);
  checkRange("Training fraction", data.trainFraction, {
    low: 0,
    high: 1,
    lowOpen: true,
    highOpen: true,
  });
}

function checkOwn(own: OwnData): void {
  checkKeys("One's own data", own, KEYS.own);
  const { sha256, imageSize, fit, channels, augment } = own;
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new BadInput(
      `SHA-256 of one's own data must be 64 hexadecimal digits: ` +
        `current value is ${sha256}`,
    );
  }
  if (imageSize !== undefined) checkWhole("Image size", imageSize, 1);
  checkOneOf("Fit", fit, ["crop", "stretch"]);
  checkOneOf("Channels", channels, [1, 3]);
  checkOneOf("Augment", augment, ["crop-flip"]);
}

function checkOneOf<Value>(
  what: string,
  value: Value | undefined,
  allowed: readonly Value[],
): void {
  if (value === undefined || allowed.includes(value)) return;
  throw new BadInput(
    `${what} must be ${allowed.join(" or ")}: current value is ${value}`,
  );
}

function checkHoldOut(holdOut: HoldOut): void {
  checkKeys("Hold-out", holdOut, KEYS.holdOut);
  const { folds, fold, seed } = holdOut;
  checkWhole("Folds", folds, 2);
  checkWhole("Fold", fold, 0);
  checkRange("Fold", fold, { low: 0, high: folds, highOpen: true });
  checkWhole("Seed of the folds", seed, 0);
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
  const { name, taught } = checkedObjective(objective);
  if (taught === (teacher !== null)) return;
  throw new BadInput(
    taught ? `${name} needs a teacher` : `${name} takes no teacher`,
  );
}

/** What an objective is called, and whether it needs a teacher. */
function checkedObjective(
  objective: Objective,
): { name: string; taught: boolean } {
  switch (objective.kind) {
    case "targets": {
      const { method } = objective;
      checkMethod(method);
      return { name: `Method ${method.name}`, taught: needsTeacher(method) };
    }
    case "loss":
      checkLoss(objective.loss);
      return { name: `Method ${objective.loss.name}`, taught: false };
    case "distillation":
      checkRange("Alpha", objective.alpha, { low: 0, high: 1 });
      checkRange("Temperature", objective.temperature, {
        low: 0,
        high: Infinity,
        lowOpen: true,
        highOpen: true,
      });
      return { name: "Distillation", taught: true };
  }
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
