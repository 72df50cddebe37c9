import { ok, strictEqual, throws } from "node:assert/strict";
import { principalComponents } from "../../lib/embedding/pca.ts";
import { trustworthiness } from "../../lib/embedding/trustworthiness.ts";
import { pointsOf } from "../../lib/matrix_kinds.ts";
import { points, reference } from "./reference.ts";

Deno.test("trustworthiness() agrees with scikit-learn", () => {
  const embedding = principalComponents(points);
  for (const [k, expected] of Object.entries(reference.trustworthiness)) {
    const found = trustworthiness(points, embedding, Number(k));
    ok(Math.abs(found - expected) < 1e-12, `${k}: ${found}, ${expected}`);
  }
});

Deno.test("trustworthiness() is 1 for a scaled copy", () => {
  const line = pointsOf([[0], [1], [3], [7], [15]]);
  const half = pointsOf([[0], [0.5], [1.5], [3.5], [7.5]]);
  strictEqual(trustworthiness(line, half, 2), 1);
});

Deno.test("trustworthiness() counts how far intruders come from", () => {
  const line = pointsOf([[0], [1], [3], [7], [15]]);
  const mixed = pointsOf([[0], [1.1], [9], [3], [6.9]]);
  // Nearest in `mixed`: 0->1, 1->0, 2->4, 3->1, 4->2.
  // Their ranks in `line` are 1, 1, 4, 2, 2, in excess by 0 + 0 + 3 + 1 + 1.
  const worst = 5 * 1 * (2 * 5 - 3 * 1 - 1) / 2;
  strictEqual(trustworthiness(line, mixed, 1), 1 - 5 / worst);
});

Deno.test("trustworthiness() refuses different numbers of rows or neighbours out of range", () => {
  const five = pointsOf([[0], [1], [3], [7], [15]]);
  throws(
    () => trustworthiness(five, pointsOf([[0], [1]]), 1),
    /Cannot compare 5 points with an embedding of 2 rows$/,
  );
  throws(
    () => trustworthiness(five, five, 2.5),
    /must be a whole number in \[1, 2.5\): current value is 2.5$/,
  );
});
