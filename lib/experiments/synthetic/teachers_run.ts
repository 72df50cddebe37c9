import { logitsLogLoss } from "../../calibration/scores.ts";
import { fitTemperature } from "../../calibration/temperature.ts";
import { bayesLogits } from "../../data/circles.ts";
import type { MethodSpec } from "../../smoothing/method.ts";
import { mean } from "../../statistics.ts";
import {
  type Candidate,
  choose,
  type Plan,
  type Teacher,
  trainPlans,
} from "./candidate.ts";
import { candidates } from "./candidates.ts";
import type { Laboratory } from "./laboratory.ts";
import { scoreSample, type SyntheticScores } from "./synthetic_scores.ts";
import { bayesTeacher, teacherOf } from "./teacher_of.ts";
import {
  crossFittedTeacher,
  ensembleTeacher,
  type JointTeacher,
} from "./teachers.ts";

/** Who teaches. All but `bayes` are made from the training set alone. */
export const TEACHER_NAMES = [
  "in-sample",
  "ensemble",
  "ls-ensemble",
  "cross-fitted",
  "cross-fitted-ls",
  "second-generation",
  "second-generation-mix",
  "bayes",
] as const;

/** One of these teachers. */
export type TeacherName = typeof TEACHER_NAMES[number];

/** Methods that learn from a teacher. */
export const TAUGHT_METHODS = ["ils1", "ils2", "ilsq", "mix"] as const;

/** One of these methods. */
export type TaughtMethod = typeof TAUGHT_METHODS[number];

/** What the students of one teacher by one method score on a data set. */
export interface TeachersRow extends SyntheticScores {
  /** Null for `ce` and `ls`, which have none. */
  readonly teacher: TeacherName | null;
  readonly method: "ce" | "ls" | TaughtMethod;
  readonly validationLogLoss: number;
  /** Scaled by the temperature that validation chose. */
  readonly scaledLogLoss: number;
}

/** What a teacher of many networks scores itself, and what it cost. */
export interface TeacherScore extends SyntheticScores {
  readonly teacher: TeacherName;
  readonly networks: number;
  /** Of all its networks together, those of its own teacher included. */
  readonly epochs: number;
}

/** One data set of the comparison of teachers. */
export interface TeachersRecord {
  readonly networks: number;
  /** Mean over networks. */
  readonly epochs: number;
  readonly rows: readonly TeachersRow[];
  readonly teachers: readonly TeacherScore[];
}

const SMOOTHED = { name: "ls", epsilon: 0.09 } as const;
const SECOND = { name: "ils2", epsilon: 0.1, temperature: 2 } as const;
const SECOND_MIX = { name: "mix", lambda: 0.9 } as const;

/** Whose word a second generation was trained by. */
const FIRST: Readonly<Record<string, string>> = {
  "second-generation": "ensemble",
  "second-generation-mix": "ls-ensemble",
};

/** Twelve candidates a method, as many as standard smoothing has. */
export const CANDIDATES: Readonly<
  Record<TaughtMethod, readonly MethodSpec[]>
> = {
  ils1: [0.75, 0.8, 0.85].flatMap((p1) =>
    [0.75, 1.25, 1.75, 2].map((p2) => (
      { name: "ils1", p1, p2, maxEpsilon: 0.2 } as const
    ))
  ),
  ils2: [0.03, 0.07, 0.11, 0.19].flatMap((epsilon) =>
    [1, 2, 4].map((temperature) => (
      { name: "ils2", epsilon, temperature } as const
    ))
  ),
  ilsq: [0.775, 0.825].flatMap((p1) =>
    [1, 2].flatMap((p2) =>
      [1, 2, 4].map((temperature) => (
        { name: "ilsq", p1, p2, maxEpsilon: 0.2, temperature } as const
      ))
    )
  ),
  mix: [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1]
    .map((lambda) => ({ name: "mix", lambda } as const)),
};

/**
 * Students of every teacher by every method on one data set, beside standard
 * smoothing with as many candidates to choose from. Networks of one seed start
 * alike and see the data in the same order, whatever their targets.
 */
export function runTeachers(laboratory: Laboratory): TeachersRecord {
  const plain = trainSeeds(laboratory, [{ name: "ce" }]);
  const smoothed = trainSeeds(laboratory, candidates("ls"));
  const ensemble = ensembleTeacher(laboratory, { name: "ce" });
  const smooth = ensembleTeacher(laboratory, SMOOTHED);
  const joint = {
    ensemble,
    "ls-ensemble": smooth,
    "cross-fitted": crossFittedTeacher(laboratory, { name: "ce" }),
    "cross-fitted-ls": crossFittedTeacher(laboratory, SMOOTHED),
    "second-generation": ensembleTeacher(laboratory, SECOND, ensemble),
    "second-generation-mix": ensembleTeacher(laboratory, SECOND_MIX, smooth),
  };
  const inSample = plain.map(([candidate]) => teacherOf(laboratory, candidate));
  const bayes = bayesTeacher(laboratory);
  const teach = (name: TeacherName) => (seed: number): Teacher =>
    name === "in-sample"
      ? inSample[seed]
      : name === "bayes"
      ? bayes
      : joint[name];
  const students = TEACHER_NAMES.flatMap((teacher) =>
    TAUGHT_METHODS.map((method) => ({
      teacher,
      method,
      seeds: trainSeeds(laboratory, CANDIDATES[method], teach(teacher)),
    }))
  );
  const all = [
    { teacher: null, method: "ce" as const, seeds: plain },
    { teacher: null, method: "ls" as const, seeds: smoothed },
    ...students,
  ];
  const networks = [
    ...all.flatMap(({ seeds }) => seeds.flat().map(({ network }) => network)),
    ...Object.values(joint).flatMap(({ networks }) => networks),
  ];
  return {
    networks: networks.length,
    epochs: mean(networks.map(({ epochs }) => epochs)),
    rows: all.map(({ teacher, method, seeds }) => ({
      teacher,
      method,
      ...scoreSeeds(laboratory, seeds),
    })),
    teachers: teacherScores(laboratory, joint),
  };
}

/** Every candidate with every seed; a list of candidates for each seed. */
function trainSeeds(
  laboratory: Laboratory,
  methods: readonly MethodSpec[],
  teacher?: (seed: number) => Teacher,
): Candidate[][] {
  const plans: Plan[] = Array.from(
    { length: laboratory.spec.studentSeeds },
    (_, seed) =>
      methods.map((method) => ({
        name: `teachers/seed-${seed}`,
        method,
        teacher: teacher?.(seed),
      })),
  ).flat();
  const trained = trainPlans(laboratory, plans);
  return Array.from(
    { length: laboratory.spec.studentSeeds },
    (_, seed) =>
      trained.slice(seed * methods.length, (seed + 1) * methods.length),
  );
}

/** Means over seeds of what each seed's chosen network scores. */
function scoreSeeds(
  laboratory: Laboratory,
  seeds: readonly (readonly Candidate[])[],
) {
  const { validation: { labels }, test } = laboratory.data;
  const chosen = seeds.map((known) => choose(known, { labels, bound: null }));
  const said = laboratory.ask(chosen.map(({ network }) => network), "test");
  const scores = chosen.map(({ validation, validationLogLoss }, i) => {
    const { temperature } = fitTemperature(validation, labels);
    return {
      ...scoreSample(said[i], test),
      validationLogLoss,
      scaledLogLoss: logitsLogLoss(said[i], test.labels, temperature),
    };
  });
  return meanOfEach(scores);
}

/** The mean of each number over records; null where it is null in one. */
function meanOfEach<Row extends object>(rows: readonly Row[]): Row {
  const entries = Object.keys(rows[0]).map((key) => {
    const values = rows.map((row) => row[key as keyof Row]);
    const numbers = values.filter((value) => typeof value === "number");
    return [key, numbers.length < rows.length ? null : mean(numbers)];
  });
  return Object.fromEntries(entries);
}

function teacherScores(
  { data: { layout, test } }: Laboratory,
  joint: Readonly<Record<string, JointTeacher>>,
): TeacherScore[] {
  const made = Object.entries(joint).map(
    ([teacher, { networks, test: said }]) => {
      const first = FIRST[teacher];
      const all = [...networks, ...first ? joint[first].networks : []];
      return {
        teacher: teacher as TeacherName,
        networks: all.length,
        epochs: all.reduce((sum, { epochs }) => sum + epochs, 0),
        ...scoreSample(said, test),
      };
    },
  );
  const truth = bayesLogits(layout, test.points);
  const bayes = { teacher: "bayes", networks: 0, epochs: 0 } as const;
  return [...made, { ...bayes, ...scoreSample(truth, test) }];
}
