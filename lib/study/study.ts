import { scaledMetrics } from "../calibration/evaluation.ts";
import type { Metrics } from "../calibration/metrics.ts";
import { ensureRuns, type EnsureRunsOptions } from "../runs/ensure_runs.ts";
import type { ModelName } from "../models/model_name.ts";
import type { MethodName } from "../smoothing/method.ts";
import {
  planNetworks,
  planSpecs,
  planStudents,
  studentSpec,
  teacherSpec,
} from "./profile_runs.ts";
import type { NetworkPlan } from "./profile.ts";
import type { StoredRun } from "../runs/store.ts";

/** One network of the study: a method and a seed. */
export interface StudyTeacher {
  readonly method: MethodName;
  readonly seed: number;
  readonly run: StoredRun;
}

/** One student of the study, with the method and seed of its teacher. */
export interface StudyStudent extends StudyTeacher {
  /** Whether the teacher's logits were divided by its fitted temperature. */
  readonly teacherScaled: boolean;
}

/**
 * Returns every network of a plan by method and seed; trains missing ones.
 *
 * @param plan of which all methods have their numbers: see `tunePlans()`
 */
export async function studyTeachers(
  plan: NetworkPlan,
  options: EnsureRunsOptions = {},
): Promise<StudyTeacher[]> {
  const networks = planNetworks(plan);
  const specs = networks.map(({ method, seed }) =>
    teacherSpec(plan, method, seed)
  );
  const runs = await ensureRuns(specs, options);
  return networks.map((network, i) => ({ ...network, run: runs[i] }));
}

/**
 * Trains all missing networks and students of plans, as many at once as there
 * are cores.
 *
 * @param plans as for `studyTeachers()`
 */
export async function trainPlans(
  plans: readonly NetworkPlan[],
  options: EnsureRunsOptions = {},
): Promise<void> {
  await ensureRuns(planSpecs(plans), options);
}

/** Returns every student of a plan; trains missing ones, teachers first. */
export async function studyStudents(
  plan: NetworkPlan,
  options: EnsureRunsOptions = {},
): Promise<StudyStudent[]> {
  const students = planStudents(plan);
  const specs = students.map(({ method, ...rest }) =>
    studentSpec(plan, method, rest)
  );
  const runs = await ensureRuns(specs, options);
  return students.map((student, i) => ({ ...student, run: runs[i] }));
}

/** One network's scores on the test set, plain or scaled. */
export interface NetworkRecord extends Metrics {
  readonly model: ModelName;
  readonly trainImages: number;
  /** Number of epochs trained. */
  readonly epochs: number;
  readonly method: MethodName;
  readonly seed: number;
  /**
   * Whether the logits were divided by the temperature fitted on validation.
   */
  readonly scaled: boolean;
  /** That temperature; 1 for plain scores. */
  readonly temperature: number;
}

/**
 * A network and its student, as a row of the results; the student's scores are
 * null if it has none.
 */
export interface StudyRecord extends NetworkRecord {
  readonly studentAccuracy: number | null;
  readonly studentLogLoss: number | null;
}

/** Returns two flat records per network: plain and scaled. */
export function networkRecords(
  teachers: readonly StudyTeacher[],
): NetworkRecord[] {
  return teachers.flatMap(({ method, seed, run: { record } }) => {
    const { epochs, trainImages, spec: { model }, test } = record;
    const { temperature, metrics } = scaledMetrics(test)!;
    const key = { model, trainImages, epochs, method, seed };
    return [
      { ...key, scaled: false, temperature: 1, ...test.plain },
      { ...key, scaled: true, temperature, ...metrics },
    ];
  });
}

/** Returns the study as flat records: each network with its student's scores. */
export function studyRecords(
  teachers: readonly StudyTeacher[],
  students: readonly StudyStudent[],
): StudyRecord[] {
  return networkRecords(teachers).map((record) => {
    const { method, seed, scaled } = record;
    const student = students.find((student) =>
      student.method === method && student.seed === seed &&
      student.teacherScaled === scaled
    );
    const { accuracy = null, logLoss = null } =
      student?.run.record.test.plain ?? {};
    return { ...record, studentAccuracy: accuracy, studentLogLoss: logLoss };
  });
}

/** A record of a network that has a student. */
export type DistilledRecord = StudyRecord & {
  readonly studentAccuracy: number;
  readonly studentLogLoss: number;
};

/** Returns whether a network has a student. */
export function isDistilled(record: StudyRecord): record is DistilledRecord {
  return record.studentAccuracy !== null;
}

/** Returns the total training time of runs in seconds. */
export function trainingSeconds(runs: readonly StudyTeacher[]): number {
  return runs.reduce((sum, { run }) => sum + run.record.seconds, 0);
}
