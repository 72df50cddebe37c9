import assert from "node:assert/strict";
import { warnIfProbabilities } from "../../../lib/cli/terminal/warnings.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";

const CASES: readonly [string, number[][], boolean][] = [
  ["probabilities", [[0.2, 0.8], [0.5, 0.5]], true],
  ["rounded probabilities", [[0.333, 0.333, 0.333]], true],
  ["one-hot labels", [[0, 1], [1, 0]], true],
  ["one row that sums to another number", [[0.2, 0.8], [5, 0.6]], true],
  ["numbers below 0", [[0.2, 0.8], [-0.5, 1.5], [3, -1]], false],
  ["zeros", [[0, 0], [0, 0]], false],
];

for (const [name, rows, expected] of CASES) {
  Deno.test(`warnIfProbabilities() ${expected ? "warns about" : "accepts"} ${name}`, () => {
    const lines: string[] = [];
    const log = (text: string) => lines.push(text);
    warnIfProbabilities(logitsOf(rows), "P.npy", { log });
    assert.equal(lines.length, expected ? 1 : 0);
    assert(
      lines.every((text) =>
        /^P\.npy: \d of \d rows look like probabilities; if they are, use the logarithms of probabilities as logits\n$/
          .test(text)
      ),
    );
  });
}
