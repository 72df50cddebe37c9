import {
  decimalText,
  signedText,
} from "../../../../lib/reports/tables/decimal_text.ts";
import assert from "node:assert/strict";
import {
  cellText,
  intervalText,
  mainMethod,
} from "../../../../lib/reports/pages/index/wording.ts";

Deno.test("numbers have minus signs, and none where they round to 0", () => {
  assert.equal(decimalText(-0.0141, 3), "−0.014");
  assert.equal(decimalText(-0.0001, 3), "0.000");
  assert.equal(signedText(1.87, 2), "+1.87");
  assert.equal(signedText(0.001, 2), "0.00");
  const interval = { mean: -0.0143, low: -0.029, high: 0.0009 };
  assert.equal(intervalText(interval, 3), "−0.014 (−0.029 to 0.001)");
});

const CELLS: readonly [string, string, string][] = [
  ["-0.071", "mean", "−0.071"],
  ["0.1 [-0.2, -0.1]", "gain", "0.1 [−0.2, −0.1]"],
  ["-0.0032 ± 0.0025", "ours ± s.e.", "−0.0032 ± 0.0025"],
  ["0.0000", "Wilcoxon p", "< 0.0001"],
  ["0.0000", "log loss", "0.0000"],
  ["student-of-ls", "method", "student-of-ls"],
  ["ls-0.2", "method", "ls-0.2"],
  ["–", "needed", "–"],
];

for (const [text, heading, shown] of CELLS) {
  Deno.test(`cellText(): "${text}" in the column ${heading} reads "${shown}"`, () => {
    assert.equal(cellText(text, heading), shown);
  });
}

Deno.test("mainMethod() prefers the form of the paper, whatever the order", () => {
  assert.equal(mainMethod(["ls", "ils", "ilsq"]), "ilsq");
  assert.equal(mainMethod(["ils2", "ils", "ls"]), "ils");
  assert.equal(mainMethod(["ls", "ils2"]), "ils2");
  assert.equal(mainMethod(["ce", "ls", "mix"]), undefined);
});
