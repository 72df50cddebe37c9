import type { MethodSpec } from "../smoothing/method.ts";
import type { ModelName } from "../models/model_name.ts";

/** Which samples a run sees. The test set is always whole. */
export interface DataSpec {
  readonly dataset: string;
  /** Samples of training and validation together; null takes all. */
  readonly limit: number | null;
  /** Share of them that is trained on, in (0, 1). */
  readonly trainFraction: number;
  /**
   * Seed of the split, where it is not the run's: a student that differs from
   * its teacher in its seed still needs the teacher's split.
   */
  readonly splitSeed?: number;
}

/** How weights are moved. */
export interface TrainingSpec {
  readonly optimizer: "sgd" | "adam";
  readonly learningRate: number;
  /** In [0, 1); Adam does not use it. */
  readonly momentum: number;
  readonly weightDecay: number;
  /** Fractions of the epochs at which the rate is multiplied by gamma. */
  readonly milestones: readonly number[];
  readonly gamma: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** Epochs without a better validation loss before the end; null is never. */
  readonly patience: number | null;
}

/** What the network is asked to believe: soft targets, or a teacher. */
export type Objective =
  | { readonly kind: "targets"; readonly method: MethodSpec }
  | {
    readonly kind: "distillation";
    readonly alpha: number;
    readonly temperature: number;
    /** Divide the teacher's logits by its own fitted temperature first. */
    readonly teacherScaled: boolean;
  };

/** Logits computed elsewhere, one row for each training image in order. */
export interface ForeignTeacher {
  /** SHA-256 of the file. */
  readonly logits: string;
}

/** Everything that decides what a run gives. */
export interface RunSpec {
  readonly data: DataSpec;
  readonly model: ModelName;
  readonly objective: Objective;
  /** Null where the objective needs none. */
  readonly teacher: RunSpec | ForeignTeacher | null;
  readonly training: TrainingSpec;
  readonly seed: number;
}

/** True for a teacher that is a run of this project. */
export function isRun(
  teacher: RunSpec | ForeignTeacher | null,
): teacher is RunSpec {
  return teacher !== null && "seed" in teacher;
}

/** The short name of what a run is trained with: a method, or `student`. */
export function objectiveName(spec: RunSpec): string {
  const { objective, teacher } = spec;
  if (objective.kind === "targets") return objective.method.name;
  const of = isRun(teacher) ? objectiveName(teacher) : "given";
  return `student-of-${of}${objective.teacherScaled ? "-scaled" : ""}`;
}

/**
 * A run's identity: readable words, and a hash of the whole spec with its
 * teacher's.
 */
export async function runId(spec: RunSpec): Promise<string> {
  const bytes = new TextEncoder().encode(canonical(spec));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hash = digest.slice(0, 5).toHex();
  const words = [spec.data.dataset, spec.model, objectiveName(spec)];
  return [...words, `s${spec.seed}`, hash].join("-")
    .replaceAll(/[^\w.-]/g, "_");
}

/** JSON with the keys of every object in alphabetical order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) => {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) {
      return inner;
    }
    return Object.fromEntries(
      Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1),
    );
  });
}
