import assert from "node:assert/strict";
import * as outcome from "../../../lib/reports/tables/outcome.ts";
import { table } from "../../../lib/reports/tables/table.ts";

/** Two methods and seeds; scaling halves an ECE, and ls has twice that of ce. */
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
    "Of 7 differences between methods 1 point the published way and 2 the other way; " +
      "undecided: 3, a difference here and none there: 1.",
  );
});

Deno.test("verdictSentence() names rows by verdict, once where scaling changes none", () => {
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
      "Undecided: ls − ce in log loss once scaled.",
  );
  assert.equal(
    outcome.verdictSentence(
      table([{ method: "ce", score: "ECE, %", verdict: "worse" }]),
    ),
    "Worse: ce in ECE.",
  );
});

Deno.test("scalingSentence() sets scaling's moves beside the methods' distance", () => {
  // Means 3 and 6 % as trained, 1.5 and 3 % once scaled.
  assert.equal(
    outcome.scalingSentence(RECORDS, "ece"),
    "ECE, %: temperature scaling moves the mean by −1.50 (ce), −3.00 (ls); " +
      "methods lie up to 3.00 apart as trained and 1.50 once scaled. So " +
      "the choice of targets moves it more.",
  );
  const further = RECORDS.map((record) =>
    record.scaled ? { ...record, ece: 0 } : record
  );
  assert.match(
    outcome.scalingSentence(further, "ece"),
    /by −3\.00 \(ce\), −6\.00 \(ls\); .* So scaling moves it more\.$/,
  );
});

Deno.test("temperatureSentence() has the means of the fitted temperatures", () => {
  assert.match(
    outcome.temperatureSentence(RECORDS),
    /^Fitted temperatures, means: 1\.25 \(ce\), 0\.75 \(ls\)\. Above 1 a /,
  );
});
