import assert from "node:assert/strict";
import {
  describeDifference,
  isSame,
  type Value,
} from "../../../lib/cli/verify/difference.ts";

const PAIRS: readonly [Value, Value, boolean][] = [
  [0.1 + 0.2, 0.3, true],
  [0, -0, true],
  [1e-17, 0, true],
  [1e-6, 1.000001e-6, false],
  [123456, 123457, false],
  [0.8732, 0.8733, false],
  [0.5, null, false],
  [null, null, true],
  ["ils", "ils", true],
  ["ils", "ls", false],
  [1, "1", false],
  [true, false, false],
];

for (const [one, other, same] of PAIRS) {
  Deno.test(`${one} and ${other} are ${same ? "the same" : "different"}`, () => {
    assert.equal(isSame(one, other), same);
    assert.equal(isSame(other, one), same);
  });
}

Deno.test("a difference names file, row, column and both values", () => {
  const difference = {
    file: "tables/03-scores.json",
    row: 2,
    column: "ece",
    stored: 0.02,
    recomputed: 0.03,
  };
  assert.equal(
    describeDifference(difference),
    "tables/03-scores.json, row 2, ece: stored 0.02, recomputed 0.03",
  );
  assert.equal(
    describeDifference({
      ...difference,
      ...{ row: null, column: null, recomputed: null },
    }),
    "tables/03-scores.json: stored 0.02, recomputed nothing",
  );
});
