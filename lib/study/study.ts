import { scaledMetrics } from "../calibration/evaluation.ts";
import type { Metrics } from "../calibration/metrics.ts";
import { ensureRuns, type EnsureRunsOptions } from "../runs/ensure_runs.ts";
import type { ModelName } from "../models/model_name.ts";
import type { MethodName } from "../smoothing/method.ts";
import {
  DISTILLED,
  gridSpec,
  studentSpec,
  teacherSpec,
} from "./profile_runs.ts";
import type { NetworkPlan, Profile } from "./profile.ts";
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
 * Returns every network of a profile by method and seed; trains missing ones.
 */
export function studyTeachers(
  profile: Profile,
  options: EnsureRunsOptions = {},
): Promise<StudyTeacher[]> {
  return networksOf(profile, profile, options);
}

/**
 * Returns the networks of each of the profile's other architectures; trains
 * missing ones.
 */
export async function studyOthers(
  profile: Profile,
  options: EnsureRunsOptions = {},
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
  options: EnsureRunsOptions,
): Promise<StudyTeacher[]> {
  const networks = plan.methods.flatMap(({ name: method }) =>
    profile.seeds.map((seed) => ({ method, seed }))
  );
  const specs = networks.map(({ method, seed }) =>
    teacherSpec(profile, method, { seed, plan })
  );
  const runs = await ensureRuns(specs, options);
  return networks.map((network, i) => ({ ...network, run: runs[i] }));
}

/** Returns every student of a profile; trains missing ones, teachers first. */
export async function studyStudents(
  profile: Profile,
  options: EnsureRunsOptions = {},
): Promise<StudyStudent[]> {
  const students = DISTILLED.flatMap((method) =>
    [false, true].flatMap((teacherScaled) =>
      profile.seeds.map((seed) => ({ method, seed, teacherScaled }))
    )
  );
  const specs = students.map(({ method, ...rest }) =>
    studentSpec(profile, method, rest)
  );
  const runs = await ensureRuns(specs, options);
  return students.map((student, i) => ({ ...student, run: runs[i] }));
}

/**
 * Returns the runs of a profile's grid, a row for each epsilon with a run for
 * each temperature; trains missing ones.
 */
export async function studyGrid(
  profile: Profile,
  options: EnsureRunsOptions = {},
): Promise<StoredRun[][]> {
  const { epsilons, temperatures } = profile.grid;
  const specs = epsilons.flatMap((epsilon) =>
    temperatures.map((temperature) =>
      gridSpec(profile, { epsilon, temperature })
    )
  );
  const runs = await ensureRuns(specs, options);
  const columns = temperatures.length;
  return epsilons.map((_, i) => runs.slice(i * columns, (i + 1) * columns));
}

/** One network's scores on the test set, plain or scaled. */
export interface NetworkRecord extends Metrics {
  readonly model: ModelName;
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

/** A network and its student, as a row of the results. */
export interface StudyRecord extends NetworkRecord {
  readonly studentAccuracy: number;
  readonly studentLogLoss: number;
}

/** Returns two flat records per network: plain and scaled. */
export function networkRecords(
  teachers: readonly StudyTeacher[],
): NetworkRecord[] {
  return teachers.flatMap(({ method, seed, run: { record } }) => {
    const { epochs, spec: { model }, test } = record;
    const { temperature, metrics } = scaledMetrics(test)!;
    const key = { model, epochs, method, seed };
    return [
      { ...key, scaled: false, temperature: 1, ...test.plain },
      { ...key, scaled: true, temperature, ...metrics },
    ];
  });
}

/**
 * Returns the study as flat records: each network that has a student, with the
 * student's scores.
 */
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

/** Returns the total training time of runs in seconds. */
export function trainingSeconds(runs: readonly StudyTeacher[]): number {
  return runs.reduce((sum, { run }) => sum + run.record.seconds, 0);
}
