import assert from "node:assert/strict";
import * as outcome from "../../../lib/reports/tables/outcome.ts";
import { table } from "../../../lib/reports/tables/table.ts";

/** Two methods and two seeds; scaling halves the ECE; ls has twice that of ce. */
const RECORDS = ["ce", "ls"].flatMap((method, m) =>
  [1, 2].flatMap((seed) =>
    [false, true].map((scaled) => ({
      method,
      seed,
      scaled,
      ece: (m + 1) * (scaled ? 0.01 : 0.02) * seed,
      temperature: scaled ? (m === 0 ? 1.1 : 0.6) + 0.1 * seed : 1,
    }))
  )
);

Deno.test("directionSentence() counts every verdict", () => {
  const verdicts = [
    ...["same direction", "other direction", "other direction"] as const,
    ...["undecided", "undecided", "undecided", "published as equal"] as const,
  ];
  assert.equal(
    outcome.directionSentence(verdicts.map((verdict) => ({ verdict }))),
    "Of the 7 published comparisons, ours agree in direction for 1 and disagree " +
      "for 2; 3 are undecided. The study reports 1 as equal where we see a " +
      "difference.",
  );
});

Deno.test("verdictSentence() groups rows by verdict, named once if scaling does not change it", () => {
  const row = (score: string, scaled: boolean, verdict: string) => (
    { difference: "ls − ce", score, scaled, verdict }
  );
  assert.equal(
    outcome.verdictSentence(table([
      row("log loss", true, "undecided"),
      row("log loss", false, "worse"),
      row("accuracy, %", false, "better"),
      row("accuracy, %", true, "better"),
    ])),
    "Better: ls − ce in accuracy. Worse: ls − ce in log loss as trained. " +
      "Undecided: ls − ce in log loss after scaling.",
  );
  assert.equal(
    outcome.verdictSentence(
      table([{ method: "ce", score: "ECE, %", verdict: "worse" }]),
    ),
    "Worse: ce in ECE.",
  );
});

Deno.test("scalingSentence() compares the effect of scaling with the range over methods", () => {
  // Means 3 and 6 % as trained, 1.5 and 3 % after scaling.
  assert.equal(
    outcome.scalingSentence(RECORDS, "ece"),
    "ECE, %: temperature scaling changes the mean by −1.50 (ce), −3.00 (ls); " +
      "the methods span 3.00 as trained and 1.50 after scaling. The larger " +
      "effect is the choice of targets.",
  );
  const further = RECORDS.map((record) =>
    record.scaled ? { ...record, ece: 0 } : record
  );
  assert.match(
    outcome.scalingSentence(further, "ece"),
    /by −3\.00 \(ce\), −6\.00 \(ls\); .* The larger effect is scaling\.$/,
  );
});

Deno.test("temperatureSentence() gives the mean fitted temperatures", () => {
  assert.match(
    outcome.temperatureSentence(RECORDS),
    /^Mean fitted temperatures: 1\.25 \(ce\), 0\.75 \(ls\)\. Above 1 the /,
  );
});

Deno.test("bestMethodSentence() names the best mean and the others", () => {
  assert.equal(
    outcome.bestMethodSentence(RECORDS, "ece"),
    "Lowest mean ECE, %: 3.00 (ce); the others: 6.00 (ls).",
  );
  assert.equal(
    outcome.bestMethodSentence(RECORDS, "ece", { scaled: true }),
    "Lowest mean ECE, %, after scaling: 1.50 (ce); the others: 3.00 (ls).",
  );
  const accuracies = RECORDS.map((record) => ({
    ...record,
    accuracy: record.method === "ls" ? 0.9021 : 0.88,
  }));
  assert.equal(
    outcome.bestMethodSentence(accuracies, "accuracy"),
    "Highest mean accuracy, %: 90.21 (ls); the others: 88.00 (ce).",
  );
});

Deno.test("differenceSentence() states the differences from one method with verdicts", () => {
  // Pairs differ by 0.02, 0.02 and 0.03, or by 0.01, −0.01 and 0.
  const purities = {
    ce: [0.5, 0.6, 0.7],
    ls: [0.52, 0.62, 0.73],
    ils: [0.51, 0.59, 0.7],
  };
  const records = Object.entries(purities).flatMap(([method, values]) =>
    values.map((purity, i) => ({
      ...{ method, seed: i + 1, scaled: false },
      purity,
      ece: 1 - purity,
    }))
  );
  assert.equal(
    outcome.differenceSentence(records, "purity", { from: "ce" }),
    "Mean purity: 0.600 (ce). Differences from it: +0.023 (ls, larger), " +
      "+0.000 (ils, undecided).",
  );
  assert.match(
    outcome.differenceSentence(records, "ece", { from: "ce" }),
    /^Mean ECE, %: 40\.00 \(ce\)\. .* −2\.33 \(ls, better\), /,
  );
  assert.throws(
    () =>
      outcome.differenceSentence(records.slice(1), "purity", { from: "ce" }),
    { name: "BadInput", message: /^Cannot pair ls with ce as they need the/ },
  );
});

Deno.test("overconfidenceSentence() distinguishes over- from underconfidence", () => {
  assert.equal(
    outcome.overconfidenceSentence(0.88, 0.905),
    "Right for 88.00 % of the images with a mean confidence of 90.50 %: " +
      "overconfident by 2.50 points.",
  );
  assert.match(
    outcome.overconfidenceSentence(0.9, 0.85),
    / underconfident by 5\.00 points\.$/,
  );
});
