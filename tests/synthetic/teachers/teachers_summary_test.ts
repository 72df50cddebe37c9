import assert from "node:assert/strict";
import {
  compareTeachers,
  judgeTeachers,
  teacherCosts,
} from "../../../lib/synthetic/teachers/teachers_summary.ts";
import {
  STUDENT_METHODS,
  TEACHER_NAMES,
} from "../../../lib/synthetic/teachers/teacher_grid.ts";
import { assertClose } from "../../calibration/close.ts";
import { teachersRecord } from "../records.ts";

Deno.test("compareTeachers() compares each row with ls, paired by data set", () => {
  const rows = compareTeachers([
    teachersRecord(0, { ls: 0.5, ce: 0.6, "ensemble mix": 0.47 }),
    teachersRecord(1, { ls: 0.9, ce: 0.9, "ensemble mix": 0.85 }),
  ]);
  // The plain network, and every teacher by every method; not ls itself.
  assert.equal(rows.length, 1 + TEACHER_NAMES.length * STUDENT_METHODS.length);
  const [ce] = rows;
  assert.deepEqual([ce.teacher, ce.method, ce.n], ["none", "ce", 2]);
  assertClose(ce.difference, 0.05);
  const mix = rows.filter(({ teacher, method }) =>
    teacher === "ensemble" && method === "mix"
  );
  assert.equal(mix.length, 1);
  const [{ logLoss, difference, differenceSe, low, high, pValue }] = mix;
  assertClose(logLoss, 0.66);
  // Differences -0.03 and -0.05: 0.01 either side of their mean.
  assertClose(difference, -0.04);
  assertClose(differenceSe, 0.01);
  // Student's t of 0.975 with one degree of freedom is 12.706205.
  assertClose(low, -0.04 - 12.706205 * 0.01, 1e-7);
  assertClose(high, -0.04 + 12.706205 * 0.01, 1e-7);
  assertClose(pValue, 2 / 4);
});

Deno.test("teacherCosts() has each teacher's scores and training cost", () => {
  const costs = teacherCosts([
    teachersRecord(0, { ls: 0.5 }, { ensemble: { logLoss: 0.4, epochs: 80 } }),
    teachersRecord(1, { ls: 0.6 }, { ensemble: { logLoss: 0.46, epochs: 90 } }),
  ]);
  assert.deepEqual(
    costs.map(({ teacher }) => teacher),
    TEACHER_NAMES.filter((name) => name !== "in-sample"),
  );
  const { n, networks, epochs, logLoss, difference, differenceSe } = costs[0];
  assert.deepEqual([n, networks, epochs], [2, 5, 85]);
  assertClose(logLoss, 0.43);
  // -0.10 and -0.14.
  assertClose(difference, -0.12);
  assertClose(differenceSe, 0.02);
});

/**
 * Four data sets whose halves prefer different students. On the second half,
 * the first half's choice differs from ls by `mean` ± `spread`.
 */
function halves(mean: number, spread: number) {
  const first = { "ensemble mix": 0.4, "cross-fitted ils2": 0.45 };
  const second = (difference: number) => ({
    "ensemble mix": 0.5 + difference,
    "cross-fitted ils2": 0.2,
  });
  // The Bayes teacher, and no teacher, would win every time.
  const unfair = { "bayes mix": 0.1, ce: 0.05 };
  return [
    teachersRecord(0, { ...first, ...unfair }),
    teachersRecord(1, { ...first, ...unfair, "ensemble mix": 0.42 }),
    teachersRecord(2, { ...second(mean - spread), ...unfair }, {
      ensemble: { logLoss: 0.46 },
    }),
    teachersRecord(3, { ...second(mean + spread), ...unfair }, {
      ensemble: { logLoss: 0.44 },
    }),
  ];
}

Deno.test("judgeTeachers() judges the first half's choice only by the second half", () => {
  const { chosen, confirmed, standardErrors } = judgeTeachers(
    halves(-0.02, 0.01),
  );
  assert.deepEqual([chosen.teacher, chosen.method], ["ensemble", "mix"]);
  assert.deepEqual([confirmed.teacher, confirmed.method], ["ensemble", "mix"]);
  assertClose(chosen.difference, (-0.1 - 0.08) / 2);
  assert.deepEqual([chosen.n, confirmed.n], [2, 2]);
  assertClose(confirmed.difference, -0.02);
  assertClose(standardErrors, -2, 1e-9);
});

Deno.test("judgeTeachers() requires four standard errors", () => {
  const beats = (mean: number) =>
    judgeTeachers(halves(mean, 0.01)).beatsSmoothing;
  assert.equal(beats(-0.0401), true);
  assert.equal(beats(-0.0399), false);
  assert.equal(beats(0.0401), false, "worse");
});

Deno.test("judgeTeachers() returns the student's share of its teacher's gain", () => {
  // The teacher is better than ls by 0.04 and 0.06.
  const { shareOfTeacher } = judgeTeachers(halves(-0.02, 0.01));
  assertClose(shareOfTeacher!, 0.02 / 0.05);
});

Deno.test("judgeTeachers() has a null share for a teacher of one network", () => {
  const records = [0, 1, 2, 3].map((dataset) =>
    teachersRecord(dataset, { "in-sample ilsq": 0.4 - dataset / 100 })
  );
  const { chosen, shareOfTeacher } = judgeTeachers(records);
  assert.deepEqual([chosen.teacher, chosen.method], ["in-sample", "ilsq"]);
  assert.equal(shareOfTeacher, null);
});

Deno.test("judgeTeachers() assigns the middle of five data sets to the second half", () => {
  const five = [...halves(-0.02, 0.01), teachersRecord(4, {})];
  const { chosen, confirmed } = judgeTeachers(five);
  assert.deepEqual([chosen.n, confirmed.n], [2, 3]);
});
