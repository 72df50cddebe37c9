import type { Metrics } from "../calibration/evaluate.ts";
import { type EnsureOptions, ensureRun } from "./ensure_run.ts";
import {
  studentSpec,
  STUDY_METHODS,
  type StudyMethod,
  teacherSpec,
} from "./profile_runs.ts";
import type { Profile } from "./profiles.ts";
import type { StoredRun } from "./run_store.ts";

/** One network of the study: a method trained with a seed. */
export interface StudyTeacher {
  readonly method: StudyMethod;
  readonly seed: number;
  readonly run: StoredRun;
}

/** One student of the study, and whose it is. */
export interface StudyStudent extends StudyTeacher {
  /** Taught by logits divided by the teacher's fitted temperature. */
  readonly teacherScaled: boolean;
}

/** Every network of a profile by method and seed, trained where missing. */
export async function studyTeachers(
  profile: Profile,
  options: EnsureOptions = {},
): Promise<StudyTeacher[]> {
  const teachers: StudyTeacher[] = [];
  for (const { name: method } of STUDY_METHODS) {
    for (const seed of profile.seeds) {
      const run = await ensureRun(teacherSpec(profile, method, seed), options);
      teachers.push({ method, seed, run });
    }
  }
  return teachers;
}

/** Every student of a profile, trained where missing, teachers first. */
export async function studyStudents(
  profile: Profile,
  options: EnsureOptions = {},
): Promise<StudyStudent[]> {
  const students: StudyStudent[] = [];
  for (const { name: method } of STUDY_METHODS) {
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
  readonly method: StudyMethod;
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
  return teachers.flatMap(({ method, seed, run: { record: { test } } }) => {
    const { temperature, temperatureAtBound: _, scaled, ...plain } = test;
    return [
      { method, seed, scaled: false, temperature: 1, ...plain },
      { method, seed, scaled: true, temperature: temperature!, ...scaled! },
    ];
  });
}

/** The study as flat records: each network beside its student. */
export function studyRecords(
  teachers: readonly StudyTeacher[],
  students: readonly StudyStudent[],
): StudyRecord[] {
  return networkRecords(teachers).map((record) => {
    const { method, seed, scaled } = record;
    const { run } = students.find((student) =>
      student.method === method && student.seed === seed &&
      student.teacherScaled === scaled
    )!;
    const { accuracy, logLoss } = run.record.test;
    return { ...record, studentAccuracy: accuracy, studentLogLoss: logLoss };
  });
}

/** Training time of runs in seconds. */
export function trainingSeconds(runs: readonly StudyTeacher[]): number {
  return runs.reduce((sum, { run }) => sum + run.record.seconds, 0);
}
