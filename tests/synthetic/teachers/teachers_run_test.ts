import assert from "node:assert/strict";
import { logitsLogLoss } from "../../../lib/calibration/scores.ts";
import { WIDE_BOUND } from "../../../lib/synthetic/study_numbers.ts";
import { fitTemperature } from "../../../lib/calibration/calibrators/temperature.ts";
import { bayesLogits } from "../../../lib/synthetic/circles.ts";
import { scoreSample } from "../../../lib/synthetic/scores.ts";
import {
  CANDIDATES,
  STUDENT_METHODS,
  TEACHER_NAMES,
  type TeacherName,
} from "../../../lib/synthetic/teachers/teacher_grid.ts";
import { runTeachers } from "../../../lib/synthetic/teachers/teachers_run.ts";
import { row } from "../../../lib/matrix.ts";
import { asLogits, type Logits } from "../../../lib/matrix_kinds.ts";
import { meanLogits } from "../../../lib/logits/mean_logits.ts";
import type { MethodSpec } from "../../../lib/smoothing/method.ts";
import { buildTargets } from "../../../lib/smoothing/targets.ts";
import { mean } from "../../../lib/statistics/summary.ts";
import { assertClose } from "../../calibration/close.ts";
import { assertAllClose } from "../../training/all_close.ts";
import {
  fakeLaboratory,
  hastyLaboratory,
  numberedLogits,
  probabilities,
  smallLaboratory,
} from "../fake_laboratory.ts";

/** Candidates per method. */
const EACH = 8;

Deno.test("runTeachers() has a row for ce, ls and each teacher by each method", () => {
  const { rows, networks, teachers } = runTeachers(hastyLaboratory());
  assert.deepEqual(
    rows.map(({ teacher, method }) => `${teacher} ${method}`),
    [
      "null ce",
      "null ls",
      ...TEACHER_NAMES.flatMap((teacher) =>
        ["ils1", "ils2", "ilsq", "mix"].map((method) => `${teacher} ${method}`)
      ),
    ],
  );
  // For two seeds 1 plain, 8 by ls, and 8 for each of 4 methods and 8
  // teachers; 5 networks for each of 6 teachers.
  assert.equal(networks, 2 * (1 + 8 + 8 * 4 * 8) + 6 * 5);
  for (const { logLoss, scaledLogLoss, validationLogLoss, ...row } of rows) {
    for (const loss of [logLoss, scaledLogLoss, validationLogLoss]) {
      assert(0.2 < loss && loss < 1.2, `${row.teacher} ${row.method}: ${loss}`);
    }
  }
  assert.deepEqual(
    teachers.map(({ teacher, networks }) => [teacher, networks]),
    [
      ["ensemble", 5],
      ["ls-ensemble", 5],
      ["cross-fitted", 5],
      ["cross-fitted-ls", 5],
      // Including their teachers' networks.
      ["second-generation", 10],
      ["second-generation-mix", 10],
      ["bayes", 0],
    ],
  );
});

const FAKE = fakeLaboratory({ studentSeeds: 2, members: 5 });
const RECORD = runTeachers(FAKE.laboratory);
const { jobs } = FAKE;
const { data } = FAKE.laboratory;

/** Teachers of several networks, in the order in which they are trained. */
const JOINT = TEACHER_NAMES.filter((name) =>
  name !== "in-sample" && name !== "bayes"
);
/** Two plain networks and the ls networks come first, students last. */
const TEACHERS = 2 + 2 * EACH;
const STUDENTS = TEACHERS + 5 * JOINT.length;

const membersOf = (teacher: TeacherName) => {
  const first = TEACHERS + 5 * JOINT.findIndex((name) => name === teacher);
  return Array.from({ length: 5 }, (_, i) => first + i);
};

/** Index of the first student of a teacher by a method. */
const studentsOf = (teacher: TeacherName, method: number) =>
  STUDENTS +
  2 * EACH * (STUDENT_METHODS.length * TEACHER_NAMES.indexOf(teacher) + method);

/**
 * Targets of a teacher's student by `mix` at 1: the teacher's probabilities.
 */
function learnt(teacher: TeacherName, seed: number): Float32Array {
  const mixes = studentsOf(teacher, STUDENT_METHODS.indexOf("mix"));
  return jobs[mixes + EACH * seed + EACH - 1].targets.data;
}

/** The mean logits of a teacher's five networks on the training points. */
function ensembleOf(name: TeacherName): Logits {
  const places = membersOf(name);
  return meanLogits(places.map((place) => numberedLogits(place, 150)));
}

Deno.test("runTeachers() counts all trained networks and their epochs", () => {
  const students = TEACHER_NAMES.length * STUDENT_METHODS.length * 2 * EACH;
  assert.equal(jobs.length, STUDENTS + students);
  assert.equal(RECORD.networks, jobs.length);
  // 10, 11, 12, ...
  assertClose(RECORD.epochs, 10 + (jobs.length - 1) / 2, 1e-9);
});

Deno.test("runTeachers() trains students on the teacher that they are named after", () => {
  const expect = (name: TeacherName, logits: Logits) => {
    for (const seed of [0, 1]) {
      assertAllClose(learnt(name, seed), probabilities(logits), 1e-6, name);
    }
  };
  for (const name of JOINT) {
    if (!name.startsWith("cross")) expect(name, ensembleOf(name));
  }
  expect("bayes", bayesLogits(data.layout, data.train.points));
  for (const name of ["cross-fitted", "cross-fitted-ls"] as const) {
    const targets = learnt(name, 1);
    for (let i = 0; i < 150; i++) {
      const unseen = membersOf(name).filter((place) =>
        !jobs[place].rows!.includes(i)
      );
      assert.equal(unseen.length, 1);
      const logits = row(numberedLogits(unseen[0], 150), i);
      assertAllClose(
        targets.subarray(3 * i, 3 * i + 3),
        probabilities(asLogits({ data: logits, rows: 1, columns: 3 })),
        1e-6,
        `${name}, point ${i}`,
      );
    }
  }
});

Deno.test("runTeachers() uses a seed's plain network as its in-sample teacher", () => {
  for (const seed of [0, 1]) {
    assertAllClose(
      learnt("in-sample", seed),
      probabilities(numberedLogits(seed, 150)),
      1e-6,
    );
  }
});

Deno.test("runTeachers() trains second generations on the first, each by its method", () => {
  const { labels } = data.train;
  const check = (name: TeacherName, method: MethodSpec, first: TeacherName) => {
    const teacher = { logits: ensembleOf(first) };
    const expected = buildTargets(method, { labels, classes: 3, teacher });
    for (const place of membersOf(name)) {
      assertAllClose(jobs[place].targets.data, expected.data, 1e-6, name);
    }
  };
  const ils2 = { name: "ils2", epsilon: 0.1, temperature: 2 } as const;
  check("second-generation", ils2, "ensemble");
  const mix = { name: "mix", lambda: 0.9 } as const;
  check("second-generation-mix", mix, "ls-ensemble");
});

Deno.test("runTeachers() smooths the ls teachers with epsilon 0.09, the others not", () => {
  for (
    const [name, row] of [
      ["ensemble", [1, 0, 0]],
      ["cross-fitted", [1, 0, 0]],
      ["ls-ensemble", [0.94, 0.03, 0.03]],
      ["cross-fitted-ls", [0.94, 0.03, 0.03]],
    ] as const
  ) {
    for (const place of membersOf(name)) {
      assertAllClose(jobs[place].targets.data.subarray(0, 3), row, 1e-6, name);
    }
  }
});

Deno.test("runTeachers() starts all networks of a seed from the same weights, whatever their targets", () => {
  const names = (start: number) =>
    jobs.slice(start, start + 2 * EACH).map(({ name }) => name);
  const [first, second] = jobs.map(({ name }) => name);
  assert.notEqual(first, second);
  const expected = [first, second]
    .flatMap((name) => new Array<string>(EACH).fill(name));
  assert.deepEqual(names(2), expected, "ls");
  for (let start = STUDENTS; start < jobs.length; start += 2 * EACH) {
    assert.deepEqual(names(start), expected);
  }
});

Deno.test("runTeachers() averages the scores of each seed's chosen network", () => {
  // Of the two seeds' networks by ls, the fifth and the second are best.
  const [fifth, second] = [2 + 4, 2 + EACH + 1];
  const { laboratory } = fakeLaboratory({}, {
    loss: (place) => ({ [fifth]: 0.4, [second]: 0.2 })[place] ?? 1,
  });
  const [plain, smoothed] = runTeachers(laboratory).rows;
  const { labels } = data.validation;
  const check = (row: typeof plain, places: readonly number[]) => {
    const logits = (place: number) => numberedLogits(place, 60);
    const scores = places.map((place) => scoreSample(logits(place), data.test));
    for (const key of ["logLoss", "accuracy", "ece", "classwiseEce"] as const) {
      assertClose(row[key], mean(scores.map((score) => score[key])));
    }
    const scaled = places.map((place) => {
      const validation = numberedLogits(place, 150);
      const fit = fitTemperature(validation, labels, WIDE_BOUND);
      return logitsLogLoss(logits(place), data.test.labels, fit.temperature);
    });
    assertClose(row.scaledLogLoss, mean(scaled));
  };
  check(plain, [0, 1]);
  check(smoothed, [fifth, second]);
  assert.equal(plain.validationLogLoss, 1);
  assertClose(smoothed.validationLogLoss, 0.3);
});

Deno.test("runTeachers() scores a teacher by all its networks and counts their epochs", () => {
  const { teachers } = RECORD;
  const firsts: Partial<Record<TeacherName, TeacherName>> = {
    "second-generation": "ensemble",
    "second-generation-mix": "ls-ensemble",
  };
  assert.deepEqual(teachers.map(({ teacher }) => teacher), [...JOINT, "bayes"]);
  for (const { teacher, epochs, logLoss, accuracy } of teachers) {
    if (teacher === "bayes") continue;
    const own = membersOf(teacher);
    const logits = meanLogits(own.map((place) => numberedLogits(place, 60)));
    const scores = scoreSample(logits, data.test);
    assertClose(logLoss, scores.logLoss);
    assertClose(accuracy, scores.accuracy);
    const first = firsts[teacher];
    const all = first === undefined ? own : [...membersOf(first), ...own];
    assert.equal(epochs, all.reduce((sum, place) => sum + 10 + place, 0));
  }
  const bayes = bayesLogits(data.layout, data.test.points);
  const { logLoss, epochs } = teachers[JOINT.length];
  assert.equal(epochs, 0);
  assertClose(logLoss, logitsLogLoss(bayes, data.test.labels));
});

Deno.test("runTeachers() has no sparse accuracy if no circle is sparse", () => {
  const { laboratory } = fakeLaboratory({ layout: "different" });
  const { rows, teachers } = runTeachers(laboratory);
  for (const { accuracySparse, accuracyDense, accuracy } of rows) {
    assert.equal(accuracySparse, null);
    assertClose(accuracyDense!, accuracy);
  }
  assert(teachers.every(({ accuracySparse }) => accuracySparse === null));
});

Deno.test("runTeachers() gives each candidate its own targets", () => {
  const { labels } = smallLaboratory().data.train;
  const teacher = {
    logits: ensembleOf("ensemble"),
    temperature: fitTemperature(ensembleOf("ensemble"), data.validation.labels)
      .temperature,
  };
  STUDENT_METHODS.forEach((method, i) => {
    CANDIDATES[method].forEach((candidate, j) => {
      const options = { labels, classes: 3, teacher };
      assertAllClose(
        jobs[studentsOf("ensemble", i) + j].targets.data,
        buildTargets(candidate, options).data,
        1e-6,
        JSON.stringify(candidate),
      );
    });
  });
});
