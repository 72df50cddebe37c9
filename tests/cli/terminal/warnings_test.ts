import assert from "node:assert/strict";
import { warnIfProbabilities } from "../../../lib/cli/terminal/warnings.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";

const SAID: readonly [string, number[][], boolean][] = [
  ["probabilities", [[0.2, 0.8], [0.5, 0.5]], true],
  ["probabilities that were rounded", [[0.333, 0.333, 0.333]], true],
  ["one-hot labels", [[0, 1], [1, 0]], true],
  ["one row that sums to another number", [[0.2, 0.8], [0.5, 0.6]], false],
  ["numbers below 0", [[0.2, 0.8], [-0.5, 1.5]], false],
  ["zeros", [[0, 0], [0, 0]], false],
];

for (const [what, rows, expected] of SAID) {
  Deno.test(`warnIfProbabilities() ${expected ? "tells of" : "is silent at"} ${what}`, () => {
    const said: string[] = [];
    const say = (text: string) => said.push(text);
    warnIfProbabilities(logitsOf(rows), "P.npy", { say });
    assert.equal(said.length, expected ? 1 : 0);
    assert(
      said.every((text) => /^P\.npy: every row sums to 1,.*\n$/.test(text)),
    );
  });
}
