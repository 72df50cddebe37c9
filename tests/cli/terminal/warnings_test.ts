import assert from "node:assert/strict";
import { warnIfProbabilities } from "../../../lib/cli/terminal/warnings.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";

const CASES: readonly [string, number[][], boolean][] = [
  ["probabilities", [[0.2, 0.8], [0.5, 0.5]], true],
  ["rounded probabilities", [[0.333, 0.333, 0.333]], true],
  ["one-hot labels", [[0, 1], [1, 0]], true],
  ["one row that sums to another number", [[0.2, 0.8], [0.5, 0.6]], false],
  ["numbers below 0", [[0.2, 0.8], [-0.5, 1.5]], false],
  ["zeros", [[0, 0], [0, 0]], false],
];

for (const [name, rows, expected] of CASES) {
  Deno.test(`warnIfProbabilities() ${expected ? "warns about" : "accepts"} ${name}`, () => {
    const lines: string[] = [];
    const log = (text: string) => lines.push(text);
    warnIfProbabilities(logitsOf(rows), "P.npy", { log });
    assert.equal(lines.length, expected ? 1 : 0);
    assert(
      lines.every((text) => /^P\.npy: every row sums to 1 .*\n$/.test(text)),
    );
  });
}
