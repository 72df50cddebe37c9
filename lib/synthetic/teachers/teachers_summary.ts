import { mean, pairedDifference } from "../../statistics/summary.ts";
import { wilcoxonSignedRank } from "../../statistics/wilcoxon.ts";
import type { DatasetRecord } from "../store.ts";
import {
  STUDENT_METHODS,
  type StudentMethod,
  TEACHER_NAMES,
  type TeacherName,
} from "./teacher_grid.ts";
import type { TeachersRow } from "./teachers_run.ts";

type Records = readonly DatasetRecord<"teachers">[];

/**
 * A teacher and a method compared with tuned standard smoothing, over data
 * sets.
 */
export interface TeacherComparison {
  readonly teacher: TeacherName | "none";
  readonly method: TeachersRow["method"];
  /** Number of data sets. */
  readonly n: number;
  readonly accuracy: number;
  readonly ece: number;
  readonly logLoss: number;
  readonly scaledLogLoss: number;
  /** Mean test log loss minus that of `ls`, paired by data set. */
  readonly difference: number;
  readonly differenceSe: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided p-value of Wilcoxon's signed-rank test against `ls`. */
  readonly pValue: number;
}

/**
 * Compares every teacher and method with `ls`; `ls` itself is left out.
 *
 * @param records at least two data sets
 */
export function compareTeachers(records: Records): TeacherComparison[] {
  const smoothed = scoresOf(records, null, "ls").map(({ logLoss }) => logLoss);
  const pairs: [TeacherName | null, TeachersRow["method"]][] = [
    [null, "ce"],
    ...TEACHER_NAMES.flatMap((teacher) =>
      STUDENT_METHODS.map((method) =>
        [teacher, method] as [
          TeacherName,
          StudentMethod,
        ]
      )
    ),
  ];
  return pairs.map(([teacher, method]) => {
    const rows = scoresOf(records, teacher, method);
    const ours = rows.map(({ logLoss }) => logLoss);
    const pair = pairedDifference(ours, smoothed);
    return {
      teacher: teacher ?? "none",
      method,
      n: records.length,
      accuracy: mean(rows.map(({ accuracy }) => accuracy)),
      ece: mean(rows.map(({ ece }) => ece)),
      logLoss: mean(ours),
      scaledLogLoss: mean(rows.map(({ scaledLogLoss }) => scaledLogLoss)),
      difference: pair.mean,
      differenceSe: pair.standardError,
      low: pair.low,
      high: pair.high,
      pValue: wilcoxonSignedRank(ours, smoothed).pValue,
    };
  });
}

/** Scores of a teacher, and its training cost. */
export interface TeacherCost {
  readonly teacher: TeacherName;
  readonly n: number;
  readonly accuracy: number;
  readonly ece: number;
  readonly logLoss: number;
  /** Mean test log loss minus that of one network by `ls`. */
  readonly difference: number;
  readonly differenceSe: number;
  /** Networks trained per data set. */
  readonly networks: number;
  /** Mean epochs per data set, over all its networks. */
  readonly epochs: number;
}

/**
 * Returns the scores and costs of the teachers of many networks, and of the
 * Bayes posterior.
 */
export function teacherCosts(records: Records): TeacherCost[] {
  const smoothed = scoresOf(records, null, "ls").map(({ logLoss }) => logLoss);
  return records[0].result.teachers.map(({ teacher, networks }, at) => {
    const rows = records.map(({ result }) => result.teachers[at]);
    const ours = rows.map(({ logLoss }) => logLoss);
    const pair = pairedDifference(ours, smoothed);
    return {
      teacher,
      n: records.length,
      accuracy: mean(rows.map(({ accuracy }) => accuracy)),
      ece: mean(rows.map(({ ece }) => ece)),
      logLoss: mean(ours),
      difference: pair.mean,
      differenceSe: pair.standardError,
      networks,
      epochs: mean(rows.map(({ epochs }) => epochs)),
    };
  });
}

/** The teacher chosen on the first half, and its result on the second half. */
export interface TeacherVerdict {
  readonly chosen: TeacherComparison;
  readonly confirmed: TeacherComparison;
  /**
   * The confirmed difference in standard errors; negative is better than `ls`.
   */
  readonly standardErrors: number;
  /** Whether it is better by at least 4 standard errors. */
  readonly beatsSmoothing: boolean;
  /**
   * The student's gain over `ls` as a share of its teacher's, on the second
   * half; null for a teacher of one network.
   */
  readonly shareOfTeacher: number | null;
}

/** Standard errors by which a teacher must beat standard smoothing. */
const STANDARD_ERRORS = 4;

/**
 * Chooses among the teachers available from a training set on the first half of
 * the data sets, and judges the choice on the second half only.
 *
 * @param records at least four data sets
 */
export function judgeTeachers(records: Records): TeacherVerdict {
  const half = Math.floor(records.length / 2);
  const chosen = compareTeachers(records.slice(0, half))
    .filter(({ teacher }) => teacher !== "bayes" && teacher !== "none")
    .reduce((best, row) => row.difference < best.difference ? row : best);
  const rest = records.slice(half);
  const confirmed = compareTeachers(rest).find(({ teacher, method }) =>
    teacher === chosen.teacher && method === chosen.method
  )!;
  const itself = teacherCosts(rest)
    .find(({ teacher }) => teacher === chosen.teacher);
  const standardErrors = confirmed.difference / confirmed.differenceSe;
  return {
    chosen,
    confirmed,
    standardErrors,
    beatsSmoothing: standardErrors <= -STANDARD_ERRORS,
    shareOfTeacher: itself === undefined
      ? null
      : confirmed.difference / itself.difference,
  };
}

function scoresOf(
  records: Records,
  teacher: TeacherName | null,
  method: TeachersRow["method"],
): TeachersRow[] {
  return records.map(({ result }) =>
    result.rows.find((row) => row.teacher === teacher && row.method === method)!
  );
}
