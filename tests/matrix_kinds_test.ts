import assert from "node:assert/strict";
import { fitTemperature } from "../lib/calibration/calibrators/temperature.ts";
import { evaluate, evaluateLogits } from "../lib/calibration/evaluate.ts";
import { principalComponents } from "../lib/embedding/pca.ts";
import { tsne } from "../lib/embedding/tsne.ts";
import { readLogits } from "../lib/files/npy.ts";
import { rowEntropies } from "../lib/logits/entropy.ts";
import { meanLogits } from "../lib/logits/mean_logits.ts";
import { softmax } from "../lib/logits/softmax.ts";
import { type Matrix, matrix, matrixOf, takeRows } from "../lib/matrix.ts";
import {
  asLogits,
  asPoints,
  asProbabilities,
  logitsOf,
  pointsOf,
  probabilitiesOf,
} from "../lib/matrix_kinds.ts";
import { buildTargets } from "../lib/smoothing/targets.ts";

/**
 * Never called. No line below an expectation may compile: otherwise the type check
 * of the tests fails.
 */
export function misuses() {
  const logits = logitsOf([[1, 2]]);
  const probabilities = probabilitiesOf([[0.5, 0.5]]);
  const points = pointsOf([[1, 2]]);
  const plain: Matrix = matrixOf([[0.5, 0.5]]);
  const labels = Int32Array.of(0);
  const options = { labels, classes: 2 };
  const method = { name: "mix", lambda: 0.5 } as const;

  // @ts-expect-error probabilities are not logits
  softmax(probabilities);
  // @ts-expect-error a matrix of unknown kind may not contain logits
  softmax(plain);
  // @ts-expect-error softmax is applied only once
  softmax(softmax(logits));
  // @ts-expect-error logits are not probabilities
  evaluate(logits, labels, 10);
  // @ts-expect-error a matrix of unknown kind may not sum to 1
  evaluate(plain, labels, 10);
  // @ts-expect-error a temperature divides logits
  fitTemperature(probabilities, labels);
  // @ts-expect-error probabilities are not logits
  evaluateLogits(probabilities, labels, { bins: 10 });
  // @ts-expect-error a teacher has logits
  buildTargets(method, { ...options, teacher: { logits: probabilities } });
  // @ts-expect-error targets are probabilities, not logits
  fitTemperature(buildTargets({ name: "ce" }, options), labels);
  // @ts-expect-error only distributions have an entropy
  rowEntropies(logits);
  // @ts-expect-error logits are embedded as points
  tsne(logits, {});
  // @ts-expect-error probabilities are embedded as points
  principalComponents(probabilities);
  // @ts-expect-error points are not logits
  meanLogits([points]);
  // @ts-expect-error probabilities are not relabelled as logits
  asLogits(probabilities);
  // @ts-expect-error only softmax turns logits into probabilities
  asProbabilities(logits);
  // @ts-expect-error logits read from a file are not distributions
  readLogits("z.npy").then((read) => evaluate(read, labels, 10));
  // @ts-expect-error selected rows keep their kind
  softmax(takeRows(probabilities, [0]));
}

Deno.test("kinds of matrices exist only as types: nothing is copied or added", () => {
  const data = Float32Array.of(0.25, 0.75);
  const plain = matrix(data, 2);
  for (const same of [asLogits(plain), asProbabilities(plain)]) {
    assert.equal(same, plain);
    assert.equal(asPoints(same), plain);
  }
  assert.deepEqual(Object.keys(logitsOf([[1, 2]])), [
    ...["data", "rows", "columns"],
  ]);
});

Deno.test("logitsOf(), probabilitiesOf() and pointsOf() keep literal rows", () => {
  const rows = [[0.25, 0.75], [1, 0]];
  for (const made of [logitsOf(rows), probabilitiesOf(rows), pointsOf(rows)]) {
    assert.deepEqual(made, matrixOf(rows));
  }
});

Deno.test("probabilitiesOf() refuses rows that are not distributions and names them", () => {
  const doing = "Cannot take rows as probabilities as probabilities must ";
  const refusals: [number[][], string][] = [
    [[[1, 0], [0.5, 0.4]], "sum to 1: row 1 sums to 0.9"],
    [[[1.5, -0.5]], "not be negative: row 0 contains -0.5"],
    [[[NaN, 1]], "sum to 1: row 0 sums to NaN"],
    [[[3, 1]], "sum to 1: row 0 sums to 4"],
  ];
  for (const [rows, message] of refusals) {
    assert.throws(() => probabilitiesOf(rows), {
      name: "BadInput",
      message: doing + message,
    });
  }
});

Deno.test("evaluate() accepts the results of softmax() and buildTargets()", () => {
  const labels = Int32Array.of(0, 1);
  const logits = logitsOf([[2, 0], [0, 2]]);
  const targets = buildTargets({ name: "ls", epsilon: 0.1 }, {
    labels,
    classes: 2,
  });
  assert.equal(evaluate(softmax(logits), labels, 5).accuracy, 1);
  assert.equal(evaluate(targets, labels, 5).accuracy, 1);
  asProbabilities(matrix(targets.data, 2));
});
