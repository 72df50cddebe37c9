import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import {
  fitLogisticRegression,
  logisticProbability,
} from "../../lib/statistics/logistic_regression.ts";
import record from "../fixtures/logistic_reference.json" with { type: "json" };

function assertNear(actual: number, expected: number, error = 1e-8): void {
  assert.ok(
    Math.abs(actual - expected) <= error,
    `${actual} is not ${expected}`,
  );
}

for (const { name, C, rows, outcomes, ...reference } of record.cases) {
  Deno.test(`fitLogisticRegression() equals scikit-learn's: ${name}`, () => {
    const model = fitLogisticRegression(rows, outcomes, { C });
    assertNear(model.intercept, reference.intercept);
    model.weights.forEach((weight, j) =>
      assertNear(weight, reference.weights[j])
    );
    assert.equal(model.weights.length, reference.weights.length);
    rows.forEach((row, i) =>
      assertNear(logisticProbability(model, row), reference.probabilities[i])
    );
  });
}

Deno.test("fitLogisticRegression() of a constant feature is the share of outcomes", () => {
  const rows = [[3], [3], [3], [3]];
  const model = fitLogisticRegression(rows, [true, false, true, true]);
  // Log odds of three to one.
  assertNear(model.intercept, Math.log(3));
  assert.deepEqual([model.weights, model.scales], [[0], [1]]);
  assertNear(logisticProbability(model, [99]), 0.75);
});

Deno.test("fitLogisticRegression() has finite weights for separable rows, larger with a weaker penalty", () => {
  const rows = [[-2], [-1], [1], [2]];
  const outcomes = [false, false, true, true];
  const weights = [0.01, 1, 100, 1e6].map((C) => {
    const model = fitLogisticRegression(rows, outcomes, { C });
    assertNear(model.intercept, 0);
    return model.weights[0];
  });
  assert.deepEqual(weights, weights.toSorted((a, b) => a - b));
  assert.ok(weights[0] > 0 && weights[3] < 100);
});

Deno.test("fitLogisticRegression() has the opposite weights for the opposite outcomes, in any unit", () => {
  const [{ rows, outcomes }] = record.cases;
  const model = fitLogisticRegression(rows, outcomes);
  const opposite = fitLogisticRegression(
    rows.map((row) => row.map((value) => 1000 * value - 5)),
    outcomes.map((outcome) => !outcome),
  );
  model.weights.forEach((weight, j) =>
    assertNear(opposite.weights[j], -weight)
  );
  assertNear(opposite.intercept, -model.intercept);
});

Deno.test("fitLogisticRegression() rejects what it cannot fit", () => {
  const fails = (
    message: RegExp,
    ...args: Parameters<typeof fitLogisticRegression>
  ) =>
    assert.throws(
      () => fitLogisticRegression(...args),
      (error) => error instanceof BadInput && message.test(error.message),
    );
  fails(/both outcomes must occur: 2 of 2 are true$/, [[1], [2]], [true, true]);
  fails(/both outcomes must occur: 0 of 0 are true$/, [], []);
  fails(/each row needs an outcome: 1 rows, 2 outcomes$/, [[1]], [true, false]);
  fails(/row 1 is 1, 2$/, [[1], [1, 2]], [true, false]);
  fails(/row 0 is NaN$/, [[NaN], [1]], [true, false]);
  fails(/C must be in \(0, 1000000\]/, [[1], [2]], [true, false], { C: 0 });
});
