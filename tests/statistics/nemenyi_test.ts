import assert from "node:assert/strict";
import {
  cliques,
  criticalDifference,
  nemenyiQuantile,
} from "../../lib/statistics/nemenyi.ts";

/** Demšar 2006, Table 5 (a): q for 2 to 10 methods, printed to three places. */
const PRINTED = {
  0.05: [1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164],
  0.10: [1.645, 2.052, 2.291, 2.459, 2.589, 2.693, 2.780, 2.855, 2.920],
};

Deno.test("nemenyiQuantile() gives the printed table, at 0.05 and 0.10", () => {
  for (const [alpha, row] of Object.entries(PRINTED)) {
    row.forEach((printed, i) => {
      // The table was computed from rounded ranges: its last place is off by 1.
      const found = nemenyiQuantile(i + 2, Number(alpha));
      assert(Math.abs(found - printed) < 1e-3, `${found} is not ${printed}`);
    });
  }
});

Deno.test("criticalDifference() is the formula, and the study's 5.02", () => {
  // Demšar's example: 4 methods on 14 data sets at 0.05.
  const example = criticalDifference({ methods: 4, dataSets: 14 });
  assert(Math.abs(example - 2.569 * Math.sqrt(4 * 5 / (6 * 14))) < 1e-3);
  const study = criticalDifference({ methods: 12, dataSets: 11 });
  assert.equal(study.toFixed(2), "5.02");
});

Deno.test("cliques() are the largest groups within the difference", () => {
  // In order: 1 (place 4), 2 (0), 3 (2), 3.5 (3), 5 (1).
  const ranks = [2, 5, 3, 3.5, 1];
  assert.deepEqual(cliques(ranks, 1.6), [[4, 0], [0, 2, 3], [3, 1]]);
  assert.deepEqual(cliques(ranks, 1.5), [[4, 0], [0, 2], [2, 3]]);
  assert.deepEqual(cliques(ranks, 9), [[4, 0, 2, 3, 1]]);
  assert.deepEqual(cliques(ranks, 0.5), []);
});

Deno.test("cliques() and criticalDifference() refuse what is no rank or too few", () => {
  assert.throws(() => cliques([1, NaN], 1), {
    name: "BadInput",
    message: "Cannot group ranks that are not finite: 1, NaN",
  });
  assert.throws(() => criticalDifference({ methods: 3, dataSets: 1 }), {
    message: /^Data sets of a Nemenyi test must be a whole number .* 2/,
  });
  assert.throws(
    () => criticalDifference({ methods: 3, dataSets: 5, alpha: 0 }),
    { message: /^Alpha of a Nemenyi test must be in \[0.0001, 0.5\]/ },
  );
});
