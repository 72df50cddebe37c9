import type { EnsureRunsOptions } from "../../runs/ensure_runs.ts";
import { scaledMetrics } from "../../calibration/evaluation.ts";
import { mean, sampleStandardDeviation } from "../../statistics/summary.ts";
import { teacherSpec } from "../profile_runs.ts";
import type { NetworkPlan } from "../profile.ts";
import { SCALED_CE, withScaledRival } from "../scaled_rival.ts";
import {
  type StudyRecord,
  studyRecords,
  type StudyStudent,
  studyStudents,
  type StudyTeacher,
  studyTeachers,
} from "../study.ts";
import { type CellKey, noiseName } from "./cell_key.ts";

/** Scores of one network, of `SCALED_CE` as well. */
export type RegimeRecord = Omit<StudyRecord, "method"> & {
  readonly method: string;
};

/** What is known of plain training before any other method is tried. */
export interface PlainNetwork {
  readonly seed: number;
  /** Fitted on the validation images, above 1 for an overconfident network. */
  readonly temperature: number;
  /** Accuracy on the validation images, whose labels are as noisy. */
  readonly accuracy: number;
  /** Log loss on the validation images. */
  readonly logLoss: number;
}

/** A network, number of images and kind of noise, with all its networks. */
export interface RegimeCell {
  readonly key: CellKey;
  /** One per seed. */
  readonly plain: readonly PlainNetwork[];
  /** As trained, with plain training after temperature scaling as `SCALED_CE`. */
  readonly records: readonly RegimeRecord[];
  /** All methods after temperature scaling; plain training as `SCALED_CE`. */
  readonly scaledRecords: readonly RegimeRecord[];
  /** What one network of each method takes. */
  readonly costs: ReadonlyMap<string, MethodCost>;
}

/** What it takes to get one network of a method. */
export interface MethodCost {
  /** Number of networks to train: itself and its teacher's. */
  readonly networks: number;
  /** Whether numbers were chosen among candidates. */
  readonly tuned: boolean;
}

/**
 * Loads the networks and students of plans; trains missing ones.
 *
 * @param plans as for `studyTeachers()`, with `ce` among their methods
 */
export async function regimeCells(
  plans: readonly NetworkPlan[],
  options: EnsureRunsOptions = {},
): Promise<RegimeCell[]> {
  const cells: RegimeCell[] = [];
  for (const plan of plans) {
    const teachers = await studyTeachers(plan, options);
    const students = await studyStudents(plan, options);
    cells.push(cellOf(plan, teachers, students));
  }
  return cells;
}

function cellOf(
  plan: NetworkPlan,
  teachers: readonly StudyTeacher[],
  students: readonly StudyStudent[],
): RegimeCell {
  const { model, data, methods, seeds: [seed], tuning } = plan;
  const tuned = new Set(tuning?.candidates.map(({ name }) => name));
  const plain = teachers.filter(({ method }) => method === "ce");
  const records = studyRecords(teachers, students);
  return {
    key: {
      network: model,
      images: teachers[0].run.record.trainImages,
      noise: noiseName(data.noise),
    },
    plain: plain.map(({ seed, run: { record: { validation, test } } }) => {
      const { accuracy, logLoss } = validation.plain;
      const { temperature } = scaledMetrics(test)!;
      return { seed, temperature, accuracy, logLoss };
    }),
    records: withScaledRival(records),
    scaledRecords: records.filter(({ scaled }) => scaled).map((record) => {
      const { method } = record;
      return { ...record, method: method === "ce" ? SCALED_CE : method };
    }),
    costs: new Map<string, MethodCost>([
      ...methods.map(({ name }) => {
        const networks = 1 + teacherSize(plan, name, seed);
        return [name, { networks, tuned: tuned.has(name) }] as const;
      }),
      [SCALED_CE, { networks: 1, tuned: false }],
    ]),
  };
}

/** Returns a cell in which the networks of all methods are temperature-scaled. */
export function temperatureScaled(cell: RegimeCell): RegimeCell {
  return { ...cell, records: cell.scaledRecords };
}

/** Returns the number of networks of a method's teacher. */
function teacherSize(
  ...network: Parameters<typeof teacherSpec>
): number {
  const { teacher } = teacherSpec(...network);
  if (teacher === null) return 0;
  return teacher.kind === "ensemble" ? teacher.members : 1;
}

/**
 * What is known of a cell beforehand, as a flat record: means over seeds and
 * sample standard deviations, which are null for a single seed.
 */
export interface PlainRow extends CellKey {
  /** Number of seeds. */
  readonly n: number;
  readonly temperature: number;
  readonly temperatureStdev: number | null;
  readonly accuracy: number;
  readonly accuracyStdev: number | null;
  readonly logLoss: number;
  readonly logLossStdev: number | null;
}

/** Returns what is known of a cell beforehand. */
export function plainRow({ key, plain }: RegimeCell): PlainRow {
  const of = (score: "temperature" | "accuracy" | "logLoss") => {
    const values = plain.map((network) => network[score]);
    const stdev = values.length < 2 ? null : sampleStandardDeviation(values);
    return [mean(values), stdev] as const;
  };
  const [temperature, temperatureStdev] = of("temperature");
  const [accuracy, accuracyStdev] = of("accuracy");
  const [logLoss, logLossStdev] = of("logLoss");
  return {
    ...key,
    n: plain.length,
    ...{ temperature, temperatureStdev },
    ...{ accuracy, accuracyStdev },
    ...{ logLoss, logLossStdev },
  };
}
