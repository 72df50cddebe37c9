import type { CalibratorName } from "../calibration/calibrators/calibrators.ts";
import { sha256 } from "../files/sha256.ts";
import type { OwnData } from "../data/own/load.ts";
import type { MethodSpec } from "../smoothing/method.ts";
import type { ModelName } from "../models/model_name.ts";
import type { NOISE_SETTINGS, SPLIT_SETTINGS } from "../data/settings.ts";
import type { SettingValues } from "../setting_rules.ts";
import type { LossSpec } from "../training/loss_spec.ts";
import type {
  DISTILLATION_SETTINGS,
  TRAINING_SETTINGS,
} from "../training/settings.ts";

/** The samples that a run uses. The test set is always complete. */
export interface DataSpec extends SettingValues<typeof SPLIT_SETTINGS> {
  /** Name of a known data set, or the folder name of own data. */
  readonly dataset: string;
  /** Set for the user's own data. */
  readonly own?: OwnData;
  /**
   * Seed of the split, if it differs from the run's: a student with another
   * seed than its teacher still needs the teacher's split.
   */
  readonly splitSeed?: number;
  /** A fold of the training samples that the run is not trained on. */
  readonly holdOut?: HoldOut;
  /** Noise of the training and validation labels; test labels stay clean. */
  readonly noise?: LabelNoise;
}

/**
 * Labels that are replaced, each with probability `rate`: by any other class, or
 * by one that `source` confuses with it, see `noisyLabels()`.
 */
export type LabelNoise =
  & Omit<SettingValues<typeof NOISE_SETTINGS>, "kind">
  & (
    | { readonly kind: "even" }
    | {
      readonly kind: "similar";
      /** A `ce` run on clean labels; its validation confusions are used. */
      readonly source: RunSpec;
    }
  );

/** One of the folds into which the training samples are split. */
export interface HoldOut {
  /** Number of folds, at least 2. */
  readonly folds: number;
  /** Index of the held-out fold, in [0, folds). */
  readonly fold: number;
  /** Seed of the split into folds. */
  readonly seed: number;
}

/** How a network is trained. */
export type TrainingSpec = SettingValues<typeof TRAINING_SETTINGS>;

/**
 * What the network is trained on: soft targets, a loss on hard labels, or a
 * teacher's logits at each step.
 */
export type Objective =
  | { readonly kind: "targets"; readonly method: MethodSpec }
  | { readonly kind: "loss"; readonly loss: LossSpec }
  | (
    & {
      readonly kind: "distillation";
      /** Whether the teacher's logits are first calibrated. */
      readonly teacherScaled: boolean;
      /** How they are calibrated; absent for temperature scaling. */
      readonly teacherCalibrator?: Exclude<CalibratorName, "temperature">;
    }
    & SettingValues<typeof DISTILLATION_SETTINGS>
  );

/** Logits computed elsewhere, one row for each training image in order. */
export interface ForeignTeacher {
  readonly kind: "logits";
  /** SHA-256 of the file. */
  readonly logits: string;
}

/** One run: all of its spec. */
export interface RunTeacher extends Omit<RunSpec, "kind"> {
  readonly kind: "run";
}

/** Networks that differ only in seed; their output is their mean probability. */
export interface EnsembleTeacher {
  readonly kind: "ensemble";
  /** The first network; the others have the seeds that follow its seed. */
  readonly ensemble: RunSpec;
  /** At least 2. */
  readonly members: number;
}

/**
 * Networks each of which holds out one fold. A training sample's output is the
 * mean probability of the networks that held it out, one per repeat.
 */
export interface CrossFittedTeacher {
  readonly kind: "cross-fitted";
  /** The spec of each network, except for its fold; a repeat has the next seed. */
  readonly crossFitted: RunSpec;
  /** At least 2. */
  readonly folds: number;
  /** At least 1. */
  readonly repeats: number;
}

/** The teacher of a run. `kind` is not part of a run's identity. */
export type TeacherSpec =
  | RunTeacher
  | EnsembleTeacher
  | CrossFittedTeacher
  | ForeignTeacher;

/** Everything that decides the result of a run. */
export interface RunSpec {
  /** Only teachers have a kind: see `runTeacher()` and `runOfTeacher()`. */
  readonly kind?: never;
  readonly data: DataSpec;
  readonly model: ModelName;
  readonly objective: Objective;
  /** Null if the objective needs no teacher. */
  readonly teacher: TeacherSpec | null;
  readonly training: TrainingSpec;
  readonly seed: number;
}

/** Returns a run as a teacher. */
export function runTeacher(run: RunSpec): RunTeacher {
  return { ...run, kind: "run" };
}

/** Returns the run of a teacher. */
export function runOfTeacher({ kind: _, ...run }: RunTeacher): RunSpec {
  return run;
}

/** Returns the samples of a run, for a run that differs only in seed. */
export function dataForSeed(
  { data, seed: own }: Pick<RunSpec, "data" | "seed">,
  seed: number,
): DataSpec {
  const { splitSeed = own, ...rest } = data;
  return splitSeed === seed ? rest : { ...rest, splitSeed };
}

/**
 * Returns the short name of a run's objective: a method, a loss, or
 * `student-of-…`.
 */
export function objectiveName(
  { objective, teacher }: Pick<RunSpec, "objective" | "teacher">,
): string {
  if (objective.kind === "targets") return objective.method.name;
  if (objective.kind === "loss") return objective.loss.name;
  const { teacherScaled, teacherCalibrator = "scaled" } = objective;
  return `student-of-${teacherName(teacher)}${
    teacherScaled ? `-${teacherCalibrator}` : ""
  }`;
}

function teacherName(teacher: TeacherSpec | null): string {
  switch (teacher?.kind) {
    case undefined:
    case "logits":
      return "given";
    case "run":
      return objectiveName(teacher);
    case "ensemble":
      return `${objectiveName(teacher.ensemble)}-ensemble`;
    case "cross-fitted":
      return `${objectiveName(teacher.crossFitted)}-folds`;
  }
}

/**
 * Returns a run's id: readable parts, and a hash of the complete spec,
 * including its teacher's.
 */
export function runId(spec: RunSpec): string {
  const hash = sha256(canonical(spec)).slice(0, 10);
  const parts = [spec.data.dataset, spec.model, objectiveName(spec)];
  return [...parts, `s${spec.seed}`, hash].join("-")
    .replaceAll(/[^\w.-]/g, "_");
}

/**
 * For objects under these keys: the key inside that is not part of an identity.
 */
const UNHASHED: Readonly<Record<string, string>> = {
  own: "folder",
  teacher: "kind",
};

/**
 * Returns JSON with the keys of every object in alphabetical order. It leaves
 * out the folder of own data, which is identified by its content, and the kind
 * of a teacher, which its other keys imply.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (key, inner) => {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) {
      return inner;
    }
    return Object.fromEntries(
      Object.entries(inner)
        .filter(([name]) => UNHASHED[key] !== name)
        .sort(([a], [b]) => a < b ? -1 : 1),
    );
  });
}

/** Returns whether two runs use the same label noise, or both none. */
export function isSameNoise(one: DataSpec, other: DataSpec): boolean {
  return canonical(one.noise ?? null) === canonical(other.noise ?? null);
}

/** Returns whether two runs use the same data set, whatever part of it. */
export function isSameDataset(one: DataSpec, other: DataSpec): boolean {
  return one.dataset === other.dataset &&
    canonical({ own: one.own ?? null }) ===
      canonical({ own: other.own ?? null });
}
