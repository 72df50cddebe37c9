import assert from "node:assert/strict";
import { stream } from "../../lib/random.ts";
import { wilcoxonSignedRank } from "../../lib/statistics/wilcoxon.ts";
import record from "../fixtures/wilcoxon_reference.json" with { type: "json" };

function assertNear(actual: number, expected: number, relative: number): void {
  const error = Math.abs(actual / expected - 1);
  assert.ok(error <= relative, `${actual} is not ${expected}`);
}

Deno.test("wilcoxonSignedRank() of four pairs is as counted by hand", () => {
  // Differences 1, -2, 3, 4: ranks 1, 3 and 4 above, 2 below. Of the 16 sets of
  // ranks three sum to 2 or less: {}, {1}, {2}.
  const found = wilcoxonSignedRank([2, 0, 6, 8], [1, 2, 3, 4]);
  assert.deepEqual(found, { n: 4, statistic: 2, pValue: 2 * 3 / 16 });
});

Deno.test("wilcoxonSignedRank() drops equal pairs and shares tied ranks", () => {
  // Differences 0, 1, -1, 2: ranks 1.5, 1.5 and 3. Of the 8 sets of ranks three
  // sum to 1.5 or less: {} and either 1.5.
  const found = wilcoxonSignedRank([5, 2, 1, 4], [5, 1, 2, 2]);
  assert.deepEqual(found, { n: 3, statistic: 1.5, pValue: 2 * 3 / 8 });
});

for (const by of ["exact", "permutations", "normal"]) {
  Deno.test(`wilcoxonSignedRank() equals SciPy's with its ${by} method`, () => {
    const tests = record.tests.filter((test) => test.by === by);
    assert.ok(tests.length > 1);
    for (const { a, b, statistic, pValue } of tests) {
      const found = wilcoxonSignedRank(a, b);
      assert.equal(found.statistic, statistic);
      assertNear(found.pValue, pValue, 1e-12);
    }
  });
}

Deno.test("wilcoxonSignedRank() does not depend on which comes first", () => {
  for (const { a, b } of record.tests) {
    assert.deepEqual(wilcoxonSignedRank(a, b), wilcoxonSignedRank(b, a));
  }
});

Deno.test("wilcoxonSignedRank() changes little where exact gives way to normal", () => {
  const random = stream(1, "pairs");
  const a = Array.from({ length: 50 }, () => random.normal() + 0.3);
  const zeros = a.map(() => 0);
  const exact = wilcoxonSignedRank(a, zeros);
  // A pair of equal values is dropped, and takes the exact distribution with it.
  const normal = wilcoxonSignedRank([...a, 0], [...zeros, 0]);
  assert.deepEqual([normal.n, normal.statistic], [exact.n, exact.statistic]);
  assert.notEqual(normal.pValue, exact.pValue);
  assertNear(normal.pValue, exact.pValue, 0.03);
});

Deno.test("wilcoxonSignedRank() finds nothing where no pair differs", () => {
  for (const length of [1, 100]) {
    const same = Array<number>(length).fill(0.5);
    assert.deepEqual(wilcoxonSignedRank(same, same), {
      n: 0,
      statistic: 0,
      pValue: 1,
    });
  }
});

Deno.test("wilcoxonSignedRank() refuses what makes no pairs", () => {
  assert.throws(() => wilcoxonSignedRank([1, 2], [1]), {
    name: "BadInput",
    message: "Cannot rank differences as there must be pairs: 2 and 1 values",
  });
  assert.throws(() => wilcoxonSignedRank([], []), {
    message: "Cannot rank differences as there must be pairs: 0 and 0 values",
  });
  assert.throws(() => wilcoxonSignedRank([1, NaN], [1, 2]), {
    name: "BadInput",
    message: "Cannot rank differences as values must be finite: " +
      "pair 1 is NaN and 2",
  });
});
