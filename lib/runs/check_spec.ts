import { CALIBRATOR_NAMES } from "../calibration/calibrators/calibrators.ts";
import { BadInput, checkRange, checkWhole } from "../bad_input.ts";
import { DATASET_NAMES } from "../data/dataset.ts";
import type { OwnData } from "../data/own/load.ts";
import {
  FOLDS,
  NOISE_SETTINGS,
  OWN_SETTINGS,
  SPLIT_SETTINGS,
} from "../data/settings.ts";
import { checkModelName } from "../models/model_name.ts";
import { needsTeacher } from "../smoothing/method.ts";
import { checkMethod } from "../smoothing/parse_method.ts";
import { checkSetting, checkSettings } from "../setting_rules.ts";
import { checkLoss } from "../training/loss_spec.ts";
import {
  DISTILLATION_SETTINGS,
  TRAINING_SETTINGS,
} from "../training/settings.ts";
import { describeNoise } from "./describe.ts";
import { RUN_SETTINGS, TEACHER_SETTINGS } from "./settings.ts";
import {
  type DataSpec,
  type HoldOut,
  isSameDataset,
  isSameNoise,
  type LabelNoise,
  type Objective,
  objectiveName,
  runOfTeacher,
  type RunSpec,
  type TeacherSpec,
} from "./spec.ts";
import { teacherRuns } from "./teacher_runs.ts";

/**
 * Checks a spec: unknown keys, numbers out of range, a missing teacher.
 *
 * @throws {BadInput} if a setting is invalid; the message names the key, its
 * value and what is allowed
 */
export function checkSpec(spec: RunSpec): void {
  const parts = ["data", "model", "objective", "teacher", "training"];
  checkSettings("Run", spec, RUN_SETTINGS, parts);
  checkData(spec.data);
  checkModelName(spec.model);
  checkSettings("Training", spec.training, TRAINING_SETTINGS);
  checkObjective(spec);
  if (spec.teacher !== null) checkTeacher(spec.teacher, spec.data);
}

function checkTeacher(teacher: TeacherSpec, data: DataSpec): void {
  const { members, folds, repeats } = TEACHER_SETTINGS;
  switch (teacher.kind) {
    case "logits":
      return checkUnfolded("Logits from a file", data);
    case "run":
      return checkNetwork(runOfTeacher(teacher), data);
    case "ensemble":
      checkSettings("Ensemble", teacher, { members }, ["kind", "ensemble"]);
      return checkNetwork(teacher.ensemble, data);
    case "cross-fitted":
      checkSettings("Cross-fitted teacher", teacher, { folds, repeats }, [
        "kind",
        "crossFitted",
      ]);
      checkUnfolded("A cross-fitted teacher", data);
      checkNetwork(teacher.crossFitted, data);
      // Its teacher must be able to hold out a fold as well.
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
      `its teacher must not have seen that fold`,
  );
}

/** Checks a network that teaches a run with such data, alone or with others. */
function checkNetwork(teacher: RunSpec, data: DataSpec): void {
  const { holdOut } = data;
  checkSpec(teacher);
  if (!isSameDataset(teacher.data, data)) {
    throw new BadInput(
      `A teacher must be trained on the data set ${datasetText(data)}: ` +
        `it was trained on ${datasetText(teacher.data)}` +
        (datasetText(data) === datasetText(teacher.data)
          ? ", but with other settings for its images"
          : ""),
    );
  }
  // A teacher of other labels would know some that its student must not.
  if (!isSameNoise(teacher.data, data)) {
    throw new BadInput(
      `A teacher must have the label noise of its student, ` +
        `${describeNoise(data.noise)}: it has ` +
        describeNoise(teacher.data.noise),
    );
  }
  // A teacher that has seen the fold would leak it to its student.
  if (foldText(teacher.data.holdOut) === foldText(holdOut)) return;
  throw new BadInput(
    `A teacher must hold out the same as its student, ${foldText(holdOut)}: ` +
      `it holds out ${foldText(teacher.data.holdOut)}`,
  );
}

/** Returns a data set's name, for own data with the start of its hash. */
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
  const others = ["dataset", "own", "splitSeed", "holdOut", "noise"];
  checkSettings("Data", data, SPLIT_SETTINGS, others);
  const { dataset, own, splitSeed, holdOut, noise } = data;
  if (own !== undefined) checkOwn(own);
  else if (!DATASET_NAMES.includes(dataset)) {
    throw new BadInput(
      `Data set must be one of ${DATASET_NAMES.join(", ")}: ` +
        `current value is ${dataset}`,
    );
  }
  if (splitSeed !== undefined) {
    checkSetting("splitSeed", splitSeed, RUN_SETTINGS.seed);
  }
  if (holdOut !== undefined) checkHoldOut(holdOut);
  if (noise !== undefined) checkNoise(noise, data);
}

function checkNoise(noise: LabelNoise, data: DataSpec): void {
  const others = noise.kind === "similar" ? ["source"] : [];
  checkSettings("Label noise", noise, NOISE_SETTINGS, others);
  if (noise.kind !== "similar") return;
  const { source } = noise;
  if (source === undefined) {
    throw new BadInput("Similar label noise needs a source: a ce run");
  }
  checkSpec(source);
  const failure = "The source of similar label noise must be a ce run on the " +
    "clean labels of the same data";
  if (!isSameDataset(source.data, data)) {
    throw new BadInput(
      `${failure}, ${datasetText(data)}: it is on ${datasetText(source.data)}`,
    );
  }
  if (objectiveName(source) === "ce" && source.data.noise === undefined) return;
  throw new BadInput(
    `${failure}: it is ${objectiveName(source)} with ` +
      describeNoise(source.data.noise),
  );
}

function checkOwn(own: OwnData): void {
  checkSettings("Own data", own, OWN_SETTINGS, ["folder", "sha256"]);
  if (/^[0-9a-f]{64}$/.test(own.sha256)) return;
  throw new BadInput(
    `SHA-256 of own data must be 64 hexadecimal digits: ` +
      `current value is ${own.sha256}`,
  );
}

function checkHoldOut(holdOut: HoldOut): void {
  const rules = { folds: FOLDS, seed: RUN_SETTINGS.seed };
  checkSettings("Hold-out", holdOut, rules, ["fold"]);
  const { folds, fold } = holdOut;
  checkWhole("fold", fold, 0);
  checkRange("fold", fold, { low: 0, high: folds, highOpen: true });
}

function checkObjective({ objective, teacher }: RunSpec): void {
  const { name, taught } = checkedObjective(objective);
  if (taught === (teacher !== null)) return;
  throw new BadInput(
    taught ? `${name} needs a teacher` : `${name} takes no teacher`,
  );
}

/** Checks an objective; returns its name and whether it needs a teacher. */
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
      checkSettings("Distillation", objective, DISTILLATION_SETTINGS, [
        "kind",
        "teacherScaled",
        "teacherCalibrator",
      ]);
      checkCalibrator(objective);
      return { name: "Distillation", taught: true };
  }
}

/** Temperature scaling has no name in a spec, so that each spec has one id. */
function checkCalibrator(
  { teacherScaled, teacherCalibrator }: Extract<
    Objective,
    { kind: "distillation" }
  >,
): void {
  if (teacherCalibrator === undefined) return;
  const names = CALIBRATOR_NAMES.filter((name) => name !== "temperature");
  if (!names.includes(teacherCalibrator)) {
    throw new BadInput(
      `teacherCalibrator must be one of ${names.join(", ")}, or absent for ` +
        `temperature: current value is ${teacherCalibrator}`,
    );
  }
  if (teacherScaled) return;
  throw new BadInput("teacherCalibrator needs teacherScaled: true");
}
