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

/** A teacher and a method beside tuned standard smoothing, over data sets. */
export interface TeacherComparison {
  readonly teacher: TeacherName | "none";
  readonly method: TeachersRow["method"];
  /** Data sets. */
  readonly n: number;
  readonly accuracy: number;
  readonly ece: number;
  readonly logLoss: number;
  readonly scaledLogLoss: number;
  /** Test log loss minus that of `ls`, in pairs of one data set. */
  readonly difference: number;
  readonly differenceSe: number;
  readonly low: number;
  readonly high: number;
  /** Of Wilcoxon's signed-rank test against `ls`, two-sided. */
  readonly pValue: number;
}

/**
 * Every teacher and method beside `ls`, `ls` itself left out.
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

/** What a teacher scores itself, and what it costs. */
export interface TeacherCost {
  readonly teacher: TeacherName;
  readonly n: number;
  readonly accuracy: number;
  readonly ece: number;
  readonly logLoss: number;
  /** Test log loss minus that of one network by `ls`. */
  readonly difference: number;
  readonly differenceSe: number;
  /** Networks and, in the mean, epochs that it takes on a data set. */
  readonly networks: number;
  readonly epochs: number;
}

/** The teachers of many networks, and the Bayes posterior, as classifiers. */
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

/** The teacher that the first half chose, and what the other half says of it. */
export interface TeacherVerdict {
  readonly chosen: TeacherComparison;
  readonly confirmed: TeacherComparison;
  /** The confirmed difference in standard errors; below 0 is better than `ls`. */
  readonly standardErrors: number;
  /** Better by at least 4 standard errors. */
  readonly beatsSmoothing: boolean;
  /**
   * The gain of the student over `ls` as a share of that of its teacher, on
   * the other half; null for a teacher of one network.
   */
  readonly shareOfTeacher: number | null;
}

/** What counts as better than standard smoothing. */
const STANDARD_ERRORS = 4;

/**
 * Chooses among all that can be had from a training set by the first half of
 * the data sets, and judges the choice by the others alone.
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
