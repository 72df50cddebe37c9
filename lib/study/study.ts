import { scaledMetrics } from "../calibration/evaluation.ts";
import type { Metrics } from "../calibration/metrics.ts";
import { type EnsureOptions, ensureRun } from "../runs/ensure.ts";
import type { ModelName } from "../models/model_name.ts";
import type { MethodName } from "../smoothing/method.ts";
import { DISTILLED, studentSpec, teacherSpec } from "./profile_runs.ts";
import type { NetworkPlan, Profile } from "./profile.ts";
import type { StoredRun } from "../runs/store.ts";

/** One network of the study: a method trained with a seed. */
export interface StudyTeacher {
  readonly method: MethodName;
  readonly seed: number;
  readonly run: StoredRun;
}

/** One student of the study, and whose it is. */
export interface StudyStudent extends StudyTeacher {
  /** Taught by logits divided by the teacher's fitted temperature. */
  readonly teacherScaled: boolean;
}

/** Every network of a profile by method and seed, trained where missing. */
export function studyTeachers(
  profile: Profile,
  options: EnsureOptions = {},
): Promise<StudyTeacher[]> {
  return networksOf(profile, profile, options);
}

/** The same for each of the profile's other architectures. */
export async function studyOthers(
  profile: Profile,
  options: EnsureOptions = {},
): Promise<{ model: ModelName; networks: StudyTeacher[] }[]> {
  const others = [];
  for (const plan of profile.others) {
    const networks = await networksOf(profile, plan, options);
    others.push({ model: plan.model, networks });
  }
  return others;
}

async function networksOf(
  profile: Profile,
  plan: NetworkPlan,
  options: EnsureOptions,
): Promise<StudyTeacher[]> {
  const networks: StudyTeacher[] = [];
  for (const { name: method } of plan.methods) {
    for (const seed of profile.seeds) {
      const spec = teacherSpec(profile, method, { seed, plan });
      networks.push({ method, seed, run: await ensureRun(spec, options) });
    }
  }
  return networks;
}

/** Every student of a profile, trained where missing, teachers first. */
export async function studyStudents(
  profile: Profile,
  options: EnsureOptions = {},
): Promise<StudyStudent[]> {
  const students: StudyStudent[] = [];
  for (const method of DISTILLED) {
    for (const teacherScaled of [false, true]) {
      for (const seed of profile.seeds) {
        const spec = studentSpec(profile, method, { seed, teacherScaled });
        const run = await ensureRun(spec, options);
        students.push({ method, seed, teacherScaled, run });
      }
    }
  }
  return students;
}

/** One network on the test set, as it is or scaled. */
export interface NetworkRecord extends Metrics {
  readonly model: ModelName;
  /** Those that it was trained for. */
  readonly epochs: number;
  readonly method: MethodName;
  readonly seed: number;
  /** With its logits divided by the temperature fitted on validation. */
  readonly scaled: boolean;
  /** 1 where the logits are taken as they are. */
  readonly temperature: number;
}

/** A network beside the student of such a teacher: a line of the results. */
export interface StudyRecord extends NetworkRecord {
  readonly studentAccuracy: number;
  readonly studentLogLoss: number;
}

/** Each network as it is and scaled, as flat records. */
export function networkRecords(
  teachers: readonly StudyTeacher[],
): NetworkRecord[] {
  return teachers.flatMap(({ method, seed, run: { record } }) => {
    const { epochs, spec: { model }, test } = record;
    const { temperature, metrics } = scaledMetrics(test)!;
    const which = { model, epochs, method, seed };
    return [
      { ...which, scaled: false, temperature: 1, ...test.plain },
      { ...which, scaled: true, temperature, ...metrics },
    ];
  });
}

/** The study as flat records: each network that has a student beside it. */
export function studyRecords(
  teachers: readonly StudyTeacher[],
  students: readonly StudyStudent[],
): StudyRecord[] {
  return networkRecords(teachers).flatMap((record) => {
    const { method, seed, scaled } = record;
    const student = students.find((student) =>
      student.method === method && student.seed === seed &&
      student.teacherScaled === scaled
    );
    if (student === undefined) return [];
    const { accuracy, logLoss } = student.run.record.test.plain;
    return [{ ...record, studentAccuracy: accuracy, studentLogLoss: logLoss }];
  });
}

/** Training time of runs in seconds. */
export function trainingSeconds(runs: readonly StudyTeacher[]): number {
  return runs.reduce((sum, { run }) => sum + run.record.seconds, 0);
}
