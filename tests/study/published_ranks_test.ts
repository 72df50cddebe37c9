import assert from "node:assert/strict";
import {
  PUBLISHED_DATA_SETS,
  PUBLISHED_RANKS,
} from "../../lib/study/published_ranks.ts";
import { criticalDifference } from "../../lib/statistics/nemenyi.ts";

function ranksOf(score: string): Readonly<Record<string, number>> {
  return PUBLISHED_RANKS.find((published) => published.score === score)!.ranks;
}

/** Error of the sum of twelve numbers read off a figure to 0.05 each. */
const READING = 12 * 0.05;

Deno.test("PUBLISHED_RANKS has twelve methods for each of four scores", () => {
  assert.equal(PUBLISHED_RANKS.length, 4);
  for (const { ranks } of PUBLISHED_RANKS) {
    assert.equal(Object.keys(ranks).length, 12);
    for (const rank of Object.values(ranks)) assert(rank >= 1 && rank <= 12);
  }
  assert.equal(ranksOf("ece")["No LS + TempS"], 3.64);
});

Deno.test("PUBLISHED_RANKS sum to 78, except for accuracy with its ties", () => {
  const total = (score: string) =>
    Object.values(ranksOf(score)).reduce((sum, rank) => sum + rank, 0);
  for (const score of ["logLoss", "ece", "labelConditionalEce"]) {
    assert(Math.abs(total(score) - 12 * 13 / 2) < READING, score);
  }
  assert(total("accuracy") < 78 - READING);
});

Deno.test("PUBLISHED_DATA_SETS is the number whose critical difference is 5.02", () => {
  const printed = (dataSets: number) =>
    criticalDifference({ methods: 12, dataSets }).toFixed(2);
  assert.equal(printed(PUBLISHED_DATA_SETS), "5.02");
  assert.notEqual(printed(PUBLISHED_DATA_SETS - 1), "5.02");
  assert.notEqual(printed(PUBLISHED_DATA_SETS + 1), "5.02");
});

Deno.test("PUBLISHED_RANKS separate ILS from LS in accuracy, not in ECE", () => {
  const apart = (score: string) => ranksOf(score)["LS"] - ranksOf(score)["ILS"];
  const critical = criticalDifference({ methods: 12, dataSets: 11 });
  assert(apart("accuracy") > critical);
  assert(Math.abs(apart("ece")) < critical);
});
