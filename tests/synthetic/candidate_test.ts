import assert from "node:assert/strict";
import {
  type Bound,
  type Candidate,
  choose,
  trainPlans,
} from "../../lib/synthetic/candidate.ts";
import { logitsOf } from "../../lib/matrix_kinds.ts";
import { assertClose } from "../calibration/close.ts";
import { assertAllClose } from "../training/all_close.ts";
import { fakeLaboratory, numberedLogits } from "./fake_laboratory.ts";

/** Three points of class 0 and one of class 1. */
const LABELS = Int32Array.of(0, 0, 0, 1);

/** A candidate whose first logit exceeds the second by `z` at every point. */
function candidate(name: string, z: number): Candidate {
  const loss = (3 * Math.log(1 + Math.exp(-z)) + Math.log(1 + Math.exp(z))) / 4;
  return {
    method: { name: "ce" },
    network: {
      name,
      weights: [],
      epochs: 1,
      bestEpoch: 1,
      validationLogLoss: loss,
    },
    validation: logitsOf([[z, 0], [z, 0], [z, 0], [z, 0]]),
  };
}

const chosen = (candidates: readonly Candidate[], bound: Bound) =>
  choose(candidates, { labels: LABELS, bound });

const UNSURE = candidate("unsure", 0);
/** Optimal at P(class 0) = 3/4, a temperature of 4 / ln 3. */
const OVERCONFIDENT = candidate("overconfident", 4);

Deno.test("choose() takes the smallest unscaled validation log loss", () => {
  const { network, temperature, validationLogLoss } = chosen(
    [OVERCONFIDENT, UNSURE],
    null,
  );
  assert.equal(network.name, "unsure");
  assert.equal(temperature, 1);
  assert.equal(validationLogLoss, Math.log(2));
});

Deno.test("choose() for a scaled row takes the smallest scaled log loss", () => {
  const { network, temperature, validationLogLoss } = chosen(
    [UNSURE, OVERCONFIDENT],
    "wide",
  );
  assert.equal(network.name, "overconfident");
  assertClose(temperature, 4 / Math.log(3), 1e-8);
  // The entropy of 3/4 and 1/4.
  assertClose(validationLogLoss, Math.log(4) - 3 / 4 * Math.log(3), 1e-12);
});

Deno.test("choose() by the published bounds never scales below 0.8 or above 3", () => {
  const { network, temperature, validationLogLoss } = chosen(
    [UNSURE, OVERCONFIDENT],
    "published",
  );
  assert.equal(network.name, "overconfident");
  assert.equal(temperature, 3);
  const loss = Math.log(1 + Math.exp(-4 / 3)) + 1 / 4 * 4 / 3;
  assertClose(validationLogLoss, loss, 1e-12);
  // The optimal temperature of ln 3 / 2 is 1/2.
  const humble = candidate("humble", Math.log(3) / 2);
  assertClose(chosen([humble], "wide").temperature, 1 / 2, 1e-8);
  assert.equal(chosen([humble], "published").temperature, 0.8);
});

Deno.test("choose() compares candidates at their own bounded temperatures", () => {
  // Without bounds both reach the entropy of 3/4; within bounds one is closer.
  const far = candidate("far", 12);
  const near = candidate("near", 3.5);
  assert.equal(chosen([far, near], "published").network.name, "near");
});

Deno.test("choose() takes the first candidate on ties", () => {
  const twins = ["one", "two", "three"].map((name) => candidate(name, 2));
  for (const bound of [null, "wide", "published"] as const) {
    assert.equal(chosen(twins, bound).network.name, "one");
  }
});

Deno.test("trainPlans() trains each plan's targets and keeps the plans' order", () => {
  const { laboratory, jobs, calls } = fakeLaboratory({ trainPerClass: 1 });
  const logits = logitsOf([[0, 0, 0], [0, Math.log(2), 0], [0, 0, 0]]);
  const trained = trainPlans(laboratory, [
    { name: "a", method: { name: "ls", epsilon: 0.3 } },
    {
      name: "b",
      method: { name: "mix", lambda: 1 },
      teacher: { logits, temperature: 1 },
    },
  ]);
  assert.deepEqual(calls, [2]);
  assert.deepEqual(jobs.map(({ name }) => name), ["a", "b"]);
  assertAllClose(
    jobs[0].targets.data,
    [0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8],
    1e-7,
  );
  const [third, quarter] = [1 / 3, 1 / 4];
  assertAllClose(
    jobs[1].targets.data,
    [third, third, third, quarter, 2 / 4, quarter, third, third, third],
    1e-7,
  );
  const points = laboratory.data.validation.labels.length;
  trained.forEach(({ method, network, validation }, i) => {
    assert.equal(method.name, ["ls", "mix"][i]);
    assert.equal(network.name, jobs[i].name);
    assert.deepEqual(validation, numberedLogits(i, points));
  });
});
