import assert from "node:assert/strict";
import * as sentences from "../../../lib/reports/tables/regime_sentences.ts";
import { ADVICE, CELL, SPREAD, TEST } from "./regime_samples.ts";

Deno.test("plainSentence() gives the range of the fitted temperatures", () => {
  const row = (images: number, temperature: number) => ({
    ...{ ...CELL, images, temperature, n: 2, temperatureStdev: null },
    ...{ accuracy: 0.8, accuracyStdev: null },
    ...{ logLoss: 0.5, logLossStdev: null },
  });
  assert.equal(
    sentences.plainSentence([row(1000, 1.1), row(2000, 1.34), row(4000, 0.9)]),
    "Plain training is overconfident on its validation images in 2 of 3 " +
      "situations; its mean fitted temperature ranges from 0.90 (mlp, 20 % even " +
      "noise, 4,000 images) to 1.34 (mlp, 20 % even noise, 2,000 images).",
  );
});

Deno.test("gainSentence() counts the situations for each rival", () => {
  const summary = {
    ...{ method: "ilsq", score: "logLoss" as const, cells: 9, gain: 0 },
    ...{ ahead: 7, better: 3, worse: 1 },
  };
  assert.equal(
    sentences.gainSentence([
      { ...summary, rival: "ce" },
      { ...summary, rival: "ls", better: 0 },
      { ...summary, rival: "ls", score: "ece" },
      { ...summary, rival: "ls", method: "mix" },
    ], { method: "ilsq", score: "logLoss" }),
    "Situations in which ilsq has the better mean log loss: against ce in 7 of 9 " +
      "(3 decided for it, 1 against), ls in 7 of 9 (0 decided for it, 1 against).",
  );
});

Deno.test("ruleSentence() compares hits with those of the majority", () => {
  assert.equal(
    sentences.ruleSentence(TEST, SPREAD),
    "Which of ilsq and ls has the lower log loss: the rule is right for 6 (75 %) " +
      "of 8 networks in 2 unseen situations; always guessing ilsq, the majority " +
      "of the others, for 4 (50 %). Over 100 random halves the rates are 70 % " +
      "and 60 %, and the rule has more hits in 90 % of them.",
  );
  const other = { ...TEST, majority: false };
  assert.match(sentences.ruleSentence(other, SPREAD), /always guessing ls,/);
});

Deno.test("ruleWeightsSentence() names the weights, or a constant rule", () => {
  assert.equal(
    sentences.ruleWeightsSentence(TEST),
    "Log odds of ilsq against ls per standard deviation: +0.50 for the log2 of " +
      "the number of images, −1.25 for the log of the fitted temperature, +2.00 " +
      "for the validation accuracy.",
  );
  assert.match(
    sentences.ruleWeightsSentence({ ...TEST, model: null }),
    /^For ilsq and ls the rule is constant: /,
  );
});

Deno.test("ruleFailuresSentence() lists the cells with a wrong prediction", () => {
  const start = "The rule for ilsq and ls is wrong for some network in";
  const where =
    "mlp, 20 % even noise, 1,000 images (predicts ilsq, right for 1 " +
    "of 4)";
  assert.equal(
    sentences.ruleFailuresSentence(TEST),
    `${start} 1 of 2 unseen situations (1 undecided): ${where}.`,
  );
  const [wrong, right] = TEST.cells;
  const decided = { ...TEST, cells: [{ ...wrong, high: -0.001 }] };
  assert.equal(
    sentences.ruleFailuresSentence(decided),
    `${start} 1 of 1 unseen situations (0 undecided): ${where}.`,
  );
  assert.equal(
    sentences.ruleFailuresSentence({ ...TEST, cells: [right] }),
    `${start} 0 of 1 unseen situations.`,
  );
});

Deno.test("adviceSentences() lists the situations of each method, fewest networks first", () => {
  assert.deepEqual(sentences.adviceSentences(ADVICE.toReversed()), [
    "Use scaled ce in 1 of 3 situations: mlp, 20 % even noise, 2,000 images.",
    "Use ls in 1 of 3 situations: mlp, 20 % even noise, 1,000 images. In 1 of " +
    "them another method's log loss is lower by 0.020, undecided.",
    "Use mix in 1 of 3 situations: lenet, no noise, 1,000 images.",
  ]);
});

Deno.test("advantageSentence() counts the best methods and those that beat scaled ce", () => {
  assert.equal(
    sentences.advantageSentence(ADVICE),
    "Lowest mean log loss in 3 situations: mix in 2, scaled ce in 1. It beats " +
      "scaled ce by more than its 95 % interval in 1 of them, by 0.090.",
  );
  const [, , clear] = ADVICE;
  assert.match(
    sentences.advantageSentence([clear, { ...clear, gain: 0.2 }]),
    /in 2 of them, by 0\.090 to 0\.200\.$/,
  );
  assert.match(
    sentences.advantageSentence(ADVICE.slice(0, 2)),
    /interval in 0 of them\.$/,
  );
});
