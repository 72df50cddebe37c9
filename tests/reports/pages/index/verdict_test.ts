import assert from "node:assert/strict";
import type {
  Difference,
  Gain,
  Setting,
  SyntheticClaim,
} from "../../../../lib/reports/pages/index/index_data.ts";
import { judge } from "../../../../lib/reports/pages/index/verdict.ts";
import {
  judgeClaims,
  judgeGains,
} from "../../../../lib/reports/pages/index/verdict_counts.ts";

type Sign = "better" | "worse" | "undecided";

/** An interval of the given verdict for a score of which less is better. */
const LOSS = { better: [-3, -1], worse: [1, 3], undecided: [-1, 3] } as const;
const GAIN = { better: [1, 3], worse: [-3, -1], undecided: [-1, 3] } as const;

function row(
  [method, rival, score]: readonly [string, string, string],
  verdict: Sign,
): Difference {
  const unit = score === "log loss" ? 0.01 : 1;
  const [low, high] = score === "accuracy, %" ? GAIN[verdict] : LOSS[verdict];
  return {
    difference: `${method} − ${rival}`,
    score,
    scaled: false,
    n: 10,
    mean: unit * (low + high) / 2,
    low: unit * low,
    high: unit * high,
    verdict,
    needed: verdict === "undecided" ? 20 : null,
  };
}

const setting = (logLoss: Sign, accuracy: Sign, name = "mlp"): Setting => ({
  name,
  differences: [
    row(["ilsq", "scaled ce", "log loss"], logLoss),
    row(["ilsq", "scaled ce", "accuracy, %"], accuracy),
    row(["ilsq", "ls", "log loss"], "better"),
  ],
});

const HEADLINES: readonly [Sign, Sign, string, RegExp][] = [
  ["better", "better", "Yes", /^Use it here: it beats plain training even/],
  ["better", "undecided", "Yes", /^Use it here for better probabilities/],
  ["better", "worse", "It depends", /^A trade: .* but lower accuracy/],
  ["undecided", "better", "It depends", /^For probabilities, plain training/],
  ["undecided", "undecided", "It depends", /^No shown reason to use it/],
  ["undecided", "worse", "No", /^Do not use it here: plain training/],
  ["worse", "better", "It depends", /^Plain training with temperature scal/],
  ["worse", "undecided", "No", /^Do not use it here: plain training/],
  ["worse", "worse", "No", /^Do not use it here: .* in log loss and in acc/],
];

for (const [logLoss, accuracy, answer, headline] of HEADLINES) {
  Deno.test(`judge(): log loss ${logLoss} and accuracy ${accuracy} give "${answer}"`, () => {
    const verdict = judge([setting(logLoss, accuracy)])!;
    assert.equal(verdict.answer, answer);
    assert.match(verdict.headline, headline);
    // The rival that costs nothing is named first unless it is beaten.
    assert.match(verdict.sentences[0], /against plain training with temp/);
    assert(verdict.sentences[0].includes(`, ${logLoss}; accuracy `));
  });
}

Deno.test("judge() says by how much, at what price and how sure", () => {
  const { differences, name } = setting("undecided", "better");
  const price = row(["ilsq", "scaled ce", "AURC, %"], "worse");
  const { sentences } = judge([{
    name,
    differences: [...differences, price],
  }])!;
  assert.deepEqual(sentences, [
    "ILS quadratic against plain training with temperature scaling: log loss " +
    "+0.010 (−0.010 to 0.030), undecided; accuracy +2.00 points (1.00 to " +
    "3.00), better.",
    "ILS quadratic against tuned label smoothing: log loss −0.020 (−0.030 to " +
    "−0.010), better.",
    "The price: it finds its own errors less well. The error rate among its " +
    "most confident predictions (AURC) is 2.00 points (1.00 to 3.00) " +
    "higher than that of plain training with temperature scaling.",
    "How sure: mlp, 10 seeds; the brackets are 95 % intervals of paired " +
    "differences, not corrected for their number. About 20 would decide the " +
    "log loss.",
  ]);
});

Deno.test("judge() gives no verdict without scaled plain training", () => {
  const verdict = judge([{
    name: "mlp",
    differences: [row(["ilsq", "ce", "log loss"], "better")],
  }])!;
  assert.equal(verdict.answer, "Not decided by this profile");
  assert.match(verdict.headline, /^No verdict: plain training with temp/);
});

Deno.test("judge() needs a method that smooths by instance", () => {
  assert.equal(judge([]), undefined);
  const ls = row(["ls", "scaled ce", "log loss"], "better");
  assert.equal(judge([{ name: "mlp", differences: [ls] }]), undefined);
});

Deno.test("judge() counts networks that disagree, the free rival first", () => {
  const { answer, headline, sentences } = judge([
    setting("better", "better", "mlp"),
    setting("worse", "worse", "lenet"),
    setting("undecided", "better", "resnet8"),
  ])!;
  assert.equal(answer, "It depends");
  assert.equal(
    headline,
    "Plain training with temperature scaling costs nothing: of 3 cases, its " +
      "log loss is lower in 1, not measurably different in 1 and higher in 1.",
  );
  assert.deepEqual(sentences, [
    "ILS quadratic against plain training with temperature scaling, network by " +
    "network:",
    "Mlp: log loss −0.020 (−0.030 to −0.010), better; accuracy +2.00 points " +
    "(1.00 to 3.00), better.",
    "Lenet: log loss +0.020 (0.010 to 0.030), worse; accuracy −2.00 points " +
    "(−3.00 to −1.00), worse.",
    "Resnet8: log loss +0.010 (−0.010 to 0.030), undecided; accuracy +2.00 " +
    "points (1.00 to 3.00), better.",
    "Against tuned label smoothing, its log loss is better in 3, worse in 0 " +
    "and undecided in 0 of 3 cases.",
    "How sure: 10 seeds for each network; the brackets are 95 % intervals of " +
    "paired differences, not corrected for their number.",
  ]);
});

const gains = (better: number, worse: number, undecided: number): Gain[] =>
  ([["better", better], ["worse", worse], ["undecided", undecided]] as const)
    .flatMap(([verdict, count]) =>
      Array.from({ length: count }, () => (
        { method: "ilsq", rival: "scaled ce", score: "log loss", verdict }
      ))
    );

const COUNTS: readonly [number, number, number, string, string][] = [
  [
    7,
    0,
    13,
    "It depends",
    "In 13 of 20 situations, plain training with temperature scaling may have " +
    "as low a log loss or a lower one, and it costs nothing. In 7 of 20, ILS " +
    "quadratic is better.",
  ],
  [2, 0, 0, "Yes", "In 2 of 2, ILS quadratic is better."],
  [
    0,
    2,
    1,
    "No",
    "In 3 of 3 situations, plain training with temperature scaling may have as " +
    "low a log loss or a lower one, and it costs nothing (lower in 2). ILS " +
    "quadratic is better in none.",
  ],
];

for (const [better, worse, undecided, answer, headline] of COUNTS) {
  Deno.test(`judgeGains(): ${better} better, ${worse} worse, ${undecided} undecided`, () => {
    const verdict = judgeGains(gains(better, worse, undecided))!;
    assert.equal(verdict.answer, answer);
    assert.equal(verdict.headline, headline);
  });
}

Deno.test("judgeGains() needs gains over scaled plain training", () => {
  assert.equal(judgeGains([]), undefined);
  const [gain] = gains(1, 0, 0);
  assert.equal(judgeGains([{ ...gain, rival: "ls" }]), undefined);
});

const claim = (name: string, low: number, high: number): SyntheticClaim => ({
  claim: name,
  score: "log loss",
  published: -0.05,
  difference: (low + high) / 2,
  low,
  high,
  verdict: "reproduced",
});

const OVER_LS: readonly [number, number, RegExp][] = [
  [-0.03, -0.01, /beats tuned label smoothing in log loss, by less than the/],
  [-0.06, -0.02, /beats tuned label smoothing in log loss\.$/],
  [0.01, 0.02, /tuned label smoothing beats instance-based smoothing/],
  [-0.01, 0.01, /it is undecided whether instance-based smoothing beats/],
];

for (const [low, high, headline] of OVER_LS) {
  Deno.test(`judgeClaims(): an interval from ${low} to ${high}`, () => {
    const verdict = judgeClaims([
      claim("ILS beats LS", low, high),
      claim("ILS beats no smoothing", -0.03, -0.01),
    ])!;
    assert.match(verdict.headline, headline);
    // Without the free rival, the page does not recommend anything.
    assert.equal(verdict.answer, "Not decided by this profile");
    assert.match(
      verdict.sentences.at(-1)!,
      /^No paired interval against plain/,
    );
  });
}

Deno.test("judgeClaims() needs both claims about instance-based smoothing", () => {
  assert.equal(judgeClaims([claim("ILS beats LS", 0, 1)]), undefined);
});
