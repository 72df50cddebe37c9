/** Records made by hand. */
import { ROW_NAMES } from "../../lib/synthetic/candidates.ts";
import type { BestEpsilonRecord } from "../../lib/synthetic/figures/best_epsilon_run.ts";
import {
  EPSILON_AXIS,
  PROBABILITY_GROUPS,
} from "../../lib/synthetic/study_numbers.ts";
import { PUBLISHED_SURFACE } from "../../lib/synthetic/published.ts";
import type { ExperimentName } from "../../lib/synthetic/spec.ts";
import type { DatasetRecord } from "../../lib/synthetic/store.ts";
import type { TableRow } from "../../lib/synthetic/table/table_run.ts";
import {
  STUDENT_METHODS,
  TEACHER_NAMES,
} from "../../lib/synthetic/teachers/teacher_grid.ts";
import type {
  TeacherScore,
  TeachersRow,
} from "../../lib/synthetic/teachers/teachers_run.ts";

const SCORES = {
  accuracy: 0.8,
  accuracyDense: 0.82,
  accuracySparse: 0.7,
  logLoss: 0.5,
  ece: 0.03,
  classwiseEce: 0.02,
  labelConditionalEce: 0.06,
};

/** A row of the tables with default numbers and the given changes. */
export function tableRow(changes: Partial<TableRow> = {}): TableRow {
  return {
    method: "ce",
    scaled: (changes.bound ?? null) !== null,
    bound: null,
    ...SCORES,
    validationLogLoss: 0.48,
    temperature: 1,
    epsilon: null,
    p1: null,
    p2: null,
    shapeTemperature: null,
    epochs: 40,
    ...changes,
  };
}

/** A record of the tables that consists of such rows. */
export function tableRecord(
  dataset: number,
  rows: readonly Partial<TableRow>[],
): DatasetRecord<"table-v"> {
  return {
    dataset,
    seconds: 1 + dataset,
    result: { networks: rows.length, epochs: 40, rows: rows.map(tableRow) },
  };
}

/** All rows of the tables; methods both unscaled and scaled. */
export function allTableRows(
  change: (row: Pick<TableRow, "method" | "bound">) => Partial<TableRow>,
): Partial<TableRow>[] {
  return ROW_NAMES.flatMap((method) =>
    ([null, "wide", "published"] as const)
      .filter((bound) =>
        bound === null || !(method === "bayes" || method.startsWith("student-"))
      )
      .map((bound) => ({ method, bound, ...change({ method, bound }) }))
  );
}

/**
 * A record of the comparison of teachers: log losses by `"teacher method"`,
 * `"ls"` or `"ce"`, 0.5 by default; scores of the teachers by name.
 */
export function teachersRecord(
  dataset: number,
  losses: Readonly<Record<string, number>>,
  teachers: Readonly<Record<string, Partial<TeacherScore>>> = {},
): DatasetRecord<"teachers"> {
  const row = (
    teacher: TeachersRow["teacher"],
    method: TeachersRow["method"],
  ): TeachersRow => ({
    teacher,
    method,
    ...SCORES,
    validationLogLoss: 0.48,
    scaledLogLoss: 0.49,
    logLoss: losses[teacher === null ? method : `${teacher} ${method}`] ?? 0.5,
  });
  return {
    dataset,
    seconds: 1 + dataset,
    result: {
      networks: 723,
      epochs: 40,
      rows: [
        row(null, "ce"),
        row(null, "ls"),
        ...TEACHER_NAMES.flatMap((teacher) =>
          STUDENT_METHODS.map((method) => row(teacher, method))
        ),
      ],
      teachers: TEACHER_NAMES.filter((name) => name !== "in-sample")
        .map((teacher) => ({
          teacher,
          networks: 5,
          epochs: 100,
          ...SCORES,
          ...teachers[teacher],
        })),
    },
  };
}

/** A record of Fig. 11: the published surface, shifted. */
export function surfaceRecord(
  dataset: number,
  shift: number,
): DatasetRecord<"fig-11"> {
  const logLoss = PUBLISHED_SURFACE.logLoss
    .map((row) => row.map((value) => value + shift));
  return {
    dataset,
    seconds: 1 + dataset,
    result: { networks: 73, epochs: 40, plain: 0.6, logLoss },
  };
}

/** One group of true-class probability in Fig. 6. */
export interface Group {
  readonly group: number;
  readonly count: number;
  readonly truth: number;
  /** Sum of the predictions at an epsilon. */
  readonly predicted: (epsilon: number) => number;
  /** Sum of the distances at an epsilon. */
  readonly distance: (epsilon: number) => number;
}

/** A record of Fig. 6 whose points are all in the given groups. */
export function bestEpsilonRecord(
  dataset: number,
  groups: readonly Group[],
): DatasetRecord<"fig-6"> {
  const spread = (value: (group: Group) => number): number[] => {
    const all = new Array<number>(PROBABILITY_GROUPS).fill(0);
    for (const group of groups) all[group.group] = value(group);
    return all;
  };
  const result: BestEpsilonRecord = {
    networks: EPSILON_AXIS.length,
    epochs: 40,
    counts: spread(({ count }) => count),
    truth: spread(({ truth }) => truth),
    predicted: EPSILON_AXIS.map((e) => spread(({ predicted }) => predicted(e))),
    distance: EPSILON_AXIS.map((e) => spread(({ distance }) => distance(e))),
  };
  return { dataset, seconds: 1 + dataset, result };
}

/** A minimal record of any experiment. */
export function recordOf(
  experiment: ExperimentName,
  dataset: number,
): DatasetRecord {
  switch (experiment) {
    case "table-v":
      return tableRecord(dataset, []);
    case "fig-6":
      return bestEpsilonRecord(dataset, []);
    case "fig-11":
      return surfaceRecord(dataset, 0);
    case "teachers":
      return teachersRecord(dataset, {});
  }
}
