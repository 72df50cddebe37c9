import assert from "node:assert/strict";
import {
  claimCounts,
  directionClaims,
  syntheticClaims,
} from "../../../../lib/reports/pages/index/claims.ts";

const row = {
  difference: "ils − ce",
  score: "log loss",
  scaled: false,
  published: -0.017,
  ours: -0.029,
  low: -0.046,
  high: -0.012,
  verdict: "same direction",
};

const CASES: readonly [Partial<typeof row>, string, string][] = [
  [{}, "reproduced", "ILS has lower log loss than plain training"],
  [
    { verdict: "other direction", published: 0.1 },
    "not reproduced",
    "ILS has higher log loss than plain training",
  ],
  [
    { verdict: "undecided", difference: "ils − ls", scaled: true },
    "undecided",
    "ILS has lower log loss than LS (both scaled)",
  ],
  [
    { verdict: "published as equal", published: 0, score: "ECE, %" },
    "not reproduced",
    "ILS and plain training have the same ECE",
  ],
  [
    { score: "student accuracy, %", scaled: true },
    "reproduced",
    "ILS has lower student accuracy than plain training (scaled teachers)",
  ],
];

for (const [change, verdict, text] of CASES) {
  Deno.test(`directionClaims(): ${verdict}: ${text}`, () => {
    const [claim] = directionClaims([{ ...row, ...change }]);
    assert.deepEqual([claim.verdict, claim.text], [verdict, text]);
  });
}

Deno.test("directionClaims() counts accuracy once and gives both differences", () => {
  const accuracy = { ...row, score: "accuracy, %" };
  const claims = directionClaims([
    row,
    accuracy,
    { ...accuracy, scaled: true },
  ]);
  assert.equal(claims.length, 2);
  assert.equal(
    claims[0].numbers,
    "study −0.017; here −0.029 (−0.046 to −0.012)",
  );
  assert.equal(
    claimCounts(claims),
    "2 reproduced, 0 not reproduced, 0 undecided",
  );
});

Deno.test("syntheticClaims() keeps the study's verdicts", () => {
  const claim = {
    claim: "ILS1 beats LS",
    score: "accuracy, %",
    published: 0.74,
    difference: 0.19,
    low: -0.04,
    high: 0.42,
    verdict: "not reproduced",
  };
  assert.deepEqual(syntheticClaims([claim]), [{
    text: "ILS1 beats LS (accuracy)",
    verdict: "not reproduced",
    numbers: "study +0.74; here +0.19 (−0.04 to 0.42)",
  }]);
});
