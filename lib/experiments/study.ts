import type { Metrics } from "../calibration/evaluate.ts";
import { type EnsureOptions, ensureRun } from "./ensure_run.ts";
import {
  type Profile,
  studentSpec,
  STUDY_METHODS,
  type StudyMethod,
  teacherSpec,
} from "./profiles.ts";
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

/** A line of the study's results: one network on the test set. */
export interface StudyRecord extends Metrics {
  readonly method: StudyMethod;
  readonly seed: number;
  /** With its logits divided by the temperature fitted on validation. */
  readonly scaled: boolean;
  /** 1 where the logits are taken as they are. */
  readonly temperature: number;
  readonly studentAccuracy: number;
  readonly studentLogLoss: number;
}

/**
 * The study as flat records: each network as it is and scaled, beside the
 * student of such a teacher.
 */
export function studyRecords(
  teachers: readonly StudyTeacher[],
  students: readonly StudyStudent[],
): StudyRecord[] {
  return teachers.flatMap(({ method, seed, run }) =>
    [false, true].map((scaled) => {
      const student = students.find((s) =>
        s.method === method && s.seed === seed && s.teacherScaled === scaled
      )!;
      const { temperature: fitted, scaled: after, ...before } = run.record.test;
      return {
        method,
        seed,
        scaled,
        temperature: scaled ? fitted! : 1,
        ...(scaled ? after! : before),
        studentAccuracy: student.run.record.test.accuracy,
        studentLogLoss: student.run.record.test.logLoss,
      };
    })
  );
}
