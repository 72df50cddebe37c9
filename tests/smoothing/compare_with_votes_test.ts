import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { type Matrix, matrix, matrixOf, row } from "../../lib/matrix.ts";
import { asLogits, logitsOf } from "../../lib/matrix_kinds.ts";
import { stream } from "../../lib/random.ts";
import { compareWithVotes } from "../../lib/smoothing/compare_with_votes.ts";
import { METHOD_NAMES } from "../../lib/smoothing/method.ts";
import { parseMethod } from "../../lib/smoothing/parse_method.ts";
import { buildTargets } from "../../lib/smoothing/targets.ts";
import { assertClose } from "./close.ts";

const { log } = Math;
const ILS2 = { name: "ils2", epsilon: 0.2, temperature: 1 } as const;

/** A teacher of class 0 that prefers class 1 to class 2 by 3 to 1, twice. */
const TEACHER = { logits: logitsOf([[0, log(3), 0], [0, log(3), 0]]) };
const SAMPLES = { labels: Int32Array.of(0, 0), classes: 3, teacher: TEACHER };

Deno.test("compareWithVotes() gives cross-entropies computed by hand", () => {
  // Targets are (0.8, 0.15, 0.05); the shape is (3/4, 1/4).
  const votes = matrixOf([[5, 4, 1], [6, 3, 1]]);
  const { targets, shape, withoutVotes } = compareWithVotes(
    ILS2,
    votes,
    SAMPLES,
  );
  const first = -(0.5 * log(0.8) + 0.4 * log(0.15) + 0.1 * log(0.05));
  const second = -(0.6 * log(0.8) + 0.3 * log(0.15) + 0.1 * log(0.05));
  const entropies = [
    -(0.5 * log(0.5) + 0.4 * log(0.4) + 0.1 * log(0.1)),
    -(0.6 * log(0.6) + 0.3 * log(0.3) + 0.1 * log(0.1)),
  ];
  assertClose([targets.crossEntropy], [(first + second) / 2], 1e-12);
  assertClose([targets.entropy], [(entropies[0] + entropies[1]) / 2], 1e-12);
  assert.deepEqual([targets.samples, withoutVotes], [2, 0]);
  // The second row has four votes for wrong classes, one too few.
  assert.equal(shape?.samples, 1);
  const wrong = -(0.8 * log(0.75) + 0.2 * log(0.25));
  assertClose([shape!.crossEntropy], [wrong], 1e-12);
  assertClose([shape!.entropy], [-(0.8 * log(0.8) + 0.2 * log(0.2))], 1e-12);
});

Deno.test("compareWithVotes() gives ls an even shape over the wrong classes", () => {
  const { targets, shape } = compareWithVotes(
    { name: "ls", epsilon: 0.3 },
    matrixOf([[0, 10, 0], [8, 1, 1]]),
    { labels: Int32Array.of(0, 0), classes: 3 },
  );
  const second = -(0.8 * log(0.8) + 0.2 * log(0.1));
  assertClose([targets.crossEntropy], [(-log(0.1) + second) / 2], 1e-12);
  assertClose([shape!.crossEntropy, shape!.entropy], [log(2), 0], 1e-12);
});

Deno.test("compareWithVotes() leaves out rows without votes", () => {
  const some = compareWithVotes(
    ILS2,
    matrixOf([[0, 0, 0], [1, 6, 3]]),
    SAMPLES,
  );
  const all = compareWithVotes(ILS2, matrixOf([[1, 6, 3], [1, 6, 3]]), SAMPLES);
  assert.deepEqual([some.withoutVotes, some.targets.samples], [1, 1]);
  assert.equal(some.targets.crossEntropy, all.targets.crossEntropy);
  assert.equal(some.shape?.crossEntropy, all.shape?.crossEntropy);
});

Deno.test("ce has no shape to compare, and its cross-entropy is infinite", () => {
  const votes = matrixOf([[5, 4, 1], [9, 0, 0]]);
  const { targets, shape } = compareWithVotes({ name: "ce" }, votes, SAMPLES);
  assert.equal(targets.crossEntropy, Infinity);
  assert.equal(shape, null);
  const agreed = compareWithVotes(
    { name: "ce" },
    matrixOf([[9, 0, 0], [9, 0, 0]]),
    SAMPLES,
  );
  assert.equal(agreed.targets.crossEntropy, 0);
});

Deno.test("compareWithVotes() is finite where a float32 target rounds to 0", () => {
  const options = { ...SAMPLES, teacher: { logits: logitsOf([[0, 300, 0]]) } };
  const labels = Int32Array.of(0);
  const votes = matrixOf([[0, 9, 1]]);
  const { shape } = compareWithVotes(ILS2, votes, { ...options, labels });
  // The shape is (1, e^-300): 0.9 * 0 + 0.1 * 300.
  assertClose([shape!.crossEntropy], [30], 1e-9);
});

/** The mean cross-entropy of votes with rows, computed another way. */
function meanCrossEntropy(votes: Matrix, rows: Matrix): number {
  let total = 0;
  for (let i = 0; i < votes.rows; i++) {
    const counts = row(votes, i);
    const n = Array.from(counts).reduce((a, b) => a + b, 0);
    row(rows, i).forEach((p, k) => {
      if (counts[k] > 0) total -= counts[k] / n * log(p);
    });
  }
  return total / votes.rows;
}

Deno.test("compareWithVotes() agrees with the rows of buildTargets() for every method", () => {
  const random = stream(1, "votes");
  const [rows, classes] = [40, 5];
  const numbers = (draw: () => number) =>
    Float64Array.from({ length: rows * classes }, draw);
  const logits = asLogits({
    data: numbers(() => 2 * random.normal()),
    rows,
    columns: classes,
  });
  const votes = matrix(numbers(() => 1 + Math.floor(9 * random.uniform())), 5);
  const labels = Int32Array.from({ length: rows }, (_, i) => i % classes);
  const options = {
    labels,
    classes,
    teacher: { logits, temperature: 1.5 },
  };
  for (const name of METHOD_NAMES.filter((name) => name !== "ce")) {
    const method = parseMethod(name, {}, {
      ...{ epsilon: 0.3, p1: 0.9, p2: 2, lambda: 0.6, temperature: 2 },
    });
    const targets = buildTargets(method, options);
    const compared = compareWithVotes(method, votes, options);
    const expected = meanCrossEntropy(votes, targets);
    assertClose([compared.targets.crossEntropy], [expected], 1e-5);
    assert(compared.targets.crossEntropy > compared.targets.entropy, name);
  }
});

const REFUSED: readonly [string, Matrix, string][] = [
  [
    "another number of rows",
    matrixOf([[1, 0, 0]]),
    "Cannot compare with votes as they must be 2 rows of 3 classes: " +
    "they are 1 of 3",
  ],
  [
    "another number of classes",
    matrixOf([[1, 0], [0, 1]]),
    "Cannot compare with votes as they must be 2 rows of 3 classes: " +
    "they are 2 of 2",
  ],
  [
    "a negative count",
    matrixOf([[1, 0, 0], [3, -1, 0]]),
    "Cannot compare with votes as they must be at least 0 and finite: " +
    "row 1, column 1 (from 0) is -1",
  ],
  [
    "a count that is not a number",
    matrixOf([[1, 0, NaN], [3, 1, 0]]),
    "Cannot compare with votes as they must be at least 0 and finite: " +
    "row 0, column 2 (from 0) is NaN",
  ],
  [
    "no votes at all",
    matrixOf([[0, 0, 0], [0, 0, 0]]),
    "Cannot compare with votes: no sample has any",
  ],
];
for (const [fault, votes, message] of REFUSED) {
  Deno.test(`compareWithVotes() refuses ${fault}`, () => {
    assert.throws(
      () => compareWithVotes(ILS2, votes, SAMPLES),
      new BadInput(message),
    );
  });
}
