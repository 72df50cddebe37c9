import assert from "node:assert/strict";
import {
  PUBLISHED_BEST_EPSILON,
  PUBLISHED_STUDENTS,
  PUBLISHED_SURFACE,
  PUBLISHED_SYNTHETIC,
} from "../../lib/synthetic/published.ts";

function rowOf(method: string, scaled: boolean) {
  const found = PUBLISHED_SYNTHETIC.filter((row) =>
    row.method === method && row.scaled === scaled
  );
  assert.equal(found.length, 1);
  return found[0];
}

Deno.test("PUBLISHED_SYNTHETIC has two rows for each of six methods and one for Bayes", () => {
  assert.equal(PUBLISHED_SYNTHETIC.length, 13);
  for (const method of ["ce", "ls", "ls-0.2", "ils1", "ils2", "ilsq"]) {
    assert.equal(rowOf(method, false).temperature, 1);
    assert.notEqual(rowOf(method, true).temperature, 1);
  }
  assert.equal(rowOf("bayes", false).logLoss, 0.4444);
});

Deno.test("PUBLISHED_SYNTHETIC has the cells of Table V, accuracies as fractions", () => {
  assert.deepEqual(rowOf("ilsq", true), {
    method: "ilsq",
    scaled: true,
    temperature: 1.033,
    validationLogLoss: 0.4618,
    accuracy: 80.14 / 100,
    accuracyDense: 81.45 / 100,
    accuracySparse: 74.91 / 100,
    logLoss: 0.5087,
    ece: 0.0278,
    labelConditionalEce: 0.0446,
    p1: 0.81,
    p2: 1.59,
    shapeTemperature: 2.73,
  });
  assert.equal(rowOf("ls", false).epsilon, 0.061);
  assert.equal(rowOf("ils2", true).shapeTemperature, 9.63);
});

Deno.test("PUBLISHED_SYNTHETIC accuracies are 80 % dense and 20 % sparse, except for ils2", () => {
  for (const row of PUBLISHED_SYNTHETIC) {
    const parts = 0.8 * row.accuracyDense + 0.2 * row.accuracySparse;
    const agrees = Math.abs(parts - row.accuracy) < 1e-4;
    assert.equal(agrees, row.method !== "ils2", row.method);
  }
});

Deno.test("PUBLISHED_SYNTHETIC has P1 and P2 within their grids", () => {
  for (const { p1 = 0.8, p2 = 1 } of PUBLISHED_SYNTHETIC) {
    assert.ok(0.75 <= p1 && p1 <= 0.85);
    assert.ok(0.75 <= p2 && p2 <= 2);
  }
});

Deno.test("temperature scaling never raised the published validation loss", () => {
  for (const row of PUBLISHED_SYNTHETIC.filter(({ scaled }) => scaled)) {
    const { validationLogLoss } = rowOf(row.method, false);
    assert.ok(row.validationLogLoss < validationLogLoss, row.method);
  }
});

Deno.test("PUBLISHED_STUDENTS has one student for each of four teachers", () => {
  assert.equal(PUBLISHED_STUDENTS.length, 4);
  assert.deepEqual(PUBLISHED_STUDENTS[3], {
    method: "student-of-ilsq",
    accuracy: 79.57 / 100,
    logLoss: 0.5201,
    ece: 0.0473,
    labelConditionalEce: 0.0661,
  });
});

Deno.test("PUBLISHED_SURFACE is lowest at P1 = 0.8 and P2 = 2", () => {
  const { p1, p2, logLoss } = PUBLISHED_SURFACE;
  assert.deepEqual([p1.length, p2.length, logLoss.length], [12, 6, 12]);
  assert.ok(logLoss.every((row) => row.length === p2.length));
  const least = Math.min(...logLoss.flat());
  assert.equal(least, 0.516);
  assert.equal(logLoss[p1.indexOf(0.8)][p2.indexOf(2)], least);
});

Deno.test("PUBLISHED_BEST_EPSILON falls up to 0.72 and does not fall beyond", () => {
  assert.equal(PUBLISHED_BEST_EPSILON.length, 14);
  const epsilons = (low: number, high: number) =>
    PUBLISHED_BEST_EPSILON.filter(({ trueClassProbability: p }) =>
      low <= p && p <= high
    ).map(({ epsilon }) => epsilon);
  const falling = epsilons(0, 0.72);
  assert.deepEqual(falling, falling.toSorted((a, b) => b - a));
  const rising = epsilons(0.72, 1);
  assert.deepEqual(rising, rising.toSorted((a, b) => a - b));
});
