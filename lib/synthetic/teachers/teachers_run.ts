import { logitsLogLoss } from "../../calibration/scores.ts";
import { fitTemperature } from "../../calibration/calibrators/temperature.ts";
import { bayesLogits } from "../circles.ts";
import { meanLogits } from "../../logits/mean_logits.ts";
import type { MethodSpec } from "../../smoothing/method.ts";
import { mean } from "../../statistics/summary.ts";
import {
  type Candidate,
  choose,
  type Plan,
  type Teacher,
  trainPlans,
} from "../candidate.ts";
import { type Laboratory, type Work, workOf } from "../laboratory.ts";
import { scoreSample, type SyntheticScores } from "../scores.ts";
import { bayesTeacher, teacherOf } from "../teacher_of.ts";
import {
  CANDIDATES,
  STUDENT_METHODS,
  type StudentMethod,
  TEACHER_NAMES,
  type TeacherName,
  TEACHING,
} from "./teacher_grid.ts";
import {
  crossFittedPlan,
  ensemblePlan,
  type JointTeacher,
  trainJoint,
} from "./joint_teachers.ts";
import { WIDE_BOUND } from "../study_numbers.ts";

/** Scores of the students of one teacher by one method, on one data set. */
export interface TeachersRow extends SyntheticScores {
  /** Null for `ce` and `ls`, which have no teacher. */
  readonly teacher: TeacherName | null;
  readonly method: "ce" | "ls" | StudentMethod;
  readonly validationLogLoss: number;
  /** Test log loss after scaling by the temperature fitted on validation. */
  readonly scaledLogLoss: number;
}

/** Scores of a teacher of many networks, and its training cost. */
export interface TeacherScore extends SyntheticScores {
  readonly teacher: TeacherName;
  readonly networks: number;
  /** Total epochs of its networks, including those of its own teacher. */
  readonly epochs: number;
}

/** Result of the comparison of teachers on one data set. */
export interface TeachersRecord extends Work {
  readonly rows: readonly TeachersRow[];
  readonly teachers: readonly TeacherScore[];
}

/** The first generation that taught each second generation. */
const FIRST: Readonly<Record<string, string>> = {
  "second-generation": "ensemble",
  "second-generation-mix": "ls-ensemble",
};

/**
 * Trains students of every teacher by every method on one data set, and
 * networks by standard smoothing with as many candidates to choose from.
 * Networks of the same seed start from the same weights and see the data in the
 * same order, whatever their targets.
 *
 * As many networks as possible are trained as one stack, since the last
 * networks of a stack take nearly as long as a full one.
 */
export function runTeachers(laboratory: Laboratory): TeachersRecord {
  const [plain, smoothed] = trainGroups(laboratory, [
    { methods: [{ name: "ce" }] },
    { methods: CANDIDATES.ls },
  ]);
  const joint = jointTeachers(laboratory);
  const inSample = plain.map(([candidate]) => teacherOf(laboratory, candidate));
  const bayes = bayesTeacher(laboratory);
  const teach = (name: TeacherName) => (seed: number): Teacher =>
    name === "in-sample"
      ? inSample[seed]
      : name === "bayes"
      ? bayes
      : joint[name];
  const students = TEACHER_NAMES.flatMap((teacher) =>
    STUDENT_METHODS.map((method) => ({ teacher, method }))
  );
  const taught = trainGroups(
    laboratory,
    students.map(({ teacher, method }) => (
      { methods: CANDIDATES[method], teacher: teach(teacher) }
    )),
  );
  const all = [
    { teacher: null, method: "ce" as const, seeds: plain },
    { teacher: null, method: "ls" as const, seeds: smoothed },
    ...students.map((student, i) => ({ ...student, seeds: taught[i] })),
  ];
  const networks = [
    ...all.flatMap(({ seeds }) => seeds.flat().map(({ network }) => network)),
    ...Object.values(joint).flatMap(({ networks }) => networks),
  ];
  return {
    ...workOf(networks),
    rows: all.map(({ teacher, method, seeds }) => ({
      teacher,
      method,
      ...scoreSeeds(laboratory, seeds),
    })),
    teachers: teacherScores(laboratory, joint),
  };
}

/** Trains the teachers of many networks, first generation first. */
function jointTeachers(laboratory: Laboratory) {
  const first = trainJoint(laboratory, {
    ensemble: ensemblePlan(laboratory, { name: "ce" }),
    "ls-ensemble": ensemblePlan(laboratory, TEACHING.smoothed),
    "cross-fitted": crossFittedPlan(laboratory, { name: "ce" }),
    "cross-fitted-ls": crossFittedPlan(laboratory, TEACHING.smoothed),
  });
  const second = trainJoint(laboratory, {
    "second-generation": ensemblePlan(laboratory, TEACHING.second, {
      teacher: first.ensemble,
    }),
    "second-generation-mix": ensemblePlan(laboratory, TEACHING.secondMix, {
      teacher: first["ls-ensemble"],
    }),
  });
  return { ...first, ...second };
}

/** Candidates of which one is chosen per seed. */
interface Group {
  readonly methods: readonly MethodSpec[];
  readonly teacher?: (seed: number) => Teacher;
}

/** Trains every candidate of every group for every seed: `[group][seed]`. */
function trainGroups(
  laboratory: Laboratory,
  groups: readonly Group[],
): Candidate[][][] {
  const seeds = Array.from(
    { length: laboratory.spec.studentSeeds },
    (_, seed) => seed,
  );
  const plans: Plan[][][] = groups.map(({ methods, teacher }) =>
    seeds.map((seed) =>
      methods.map((method) => ({
        name: `teachers/seed-${seed}`,
        method,
        teacher: teacher?.(seed),
      }))
    )
  );
  const trained = trainPlans(laboratory, plans.flat(2));
  let start = 0;
  return plans.map((group) =>
    group.map((own) => trained.slice(start, start += own.length))
  );
}

/** Returns the mean scores over seeds of each seed's chosen network. */
function scoreSeeds(
  laboratory: Laboratory,
  seeds: readonly (readonly Candidate[])[],
) {
  const { validation: { labels }, test } = laboratory.data;
  const chosen = seeds.map((candidates) =>
    choose(candidates, { labels, bound: null })
  );
  const logits = laboratory.predict(
    chosen.map(({ network }) => network),
    "test",
  );
  const scores = chosen.map(({ validation, validationLogLoss }, i) => {
    const { temperature } = fitTemperature(validation, labels, WIDE_BOUND);
    return {
      ...scoreSample(logits[i], test),
      validationLogLoss,
      scaledLogLoss: logitsLogLoss(logits[i], test.labels, temperature),
    };
  });
  return meanOfEach(scores);
}

/** Returns the mean of each number over rows; null if it is null in one row. */
function meanOfEach<Row extends object>(rows: readonly Row[]): Row {
  const entries = Object.keys(rows[0]).map((key) => {
    const values = rows.map((row) => row[key as keyof Row]);
    const numbers = values.filter((value) => typeof value === "number");
    return [key, numbers.length < rows.length ? null : mean(numbers)];
  });
  return Object.fromEntries(entries);
}

function teacherScores(
  laboratory: Laboratory,
  joint: Readonly<Record<string, JointTeacher>>,
): TeacherScore[] {
  const { layout, test } = laboratory.data;
  const trained = Object.entries(joint).map(
    ([teacher, { networks }]) => {
      const logits = meanLogits(laboratory.predict(networks, "test"));
      const first = FIRST[teacher];
      const all = [...networks, ...first ? joint[first].networks : []];
      return {
        teacher: teacher as TeacherName,
        networks: all.length,
        epochs: all.reduce((sum, { epochs }) => sum + epochs, 0),
        ...scoreSample(logits, test),
      };
    },
  );
  const truth = bayesLogits(layout, test.points);
  const bayes = { teacher: "bayes", networks: 0, epochs: 0 } as const;
  return [...trained, { ...bayes, ...scoreSample(truth, test) }];
}
