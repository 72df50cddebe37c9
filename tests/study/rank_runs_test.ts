import assert from "node:assert/strict";
import { publishedRankings, rankRuns } from "../../lib/study/rank_runs.ts";
import { criticalDifference } from "../../lib/statistics/nemenyi.ts";
import { by, fakeRun, studentOf, STUDY } from "../runs/fake_runs.ts";

const OPTIONS = { score: "logLoss", alpha: 0.05, bins: 10 } as const;

/** Runs of a method on a data set with this mean log loss. */
function runs(dataset: string, method: "ce" | "ls" | "ils", logLoss: number) {
  return [1, 2].map((seed) =>
    fakeRun(
      by(method, { ...STUDY, data: { ...STUDY.data, dataset }, seed }),
      { logLoss: logLoss + (seed === 1 ? 0.01 : -0.01) },
    )
  );
}

Deno.test("rankRuns() ranks methods by their means over seeds, plain and scaled", async () => {
  // Scaled losses are half: both pairs rank ls + TempS, ce + TempS, ls, ce.
  const ranking = await rankRuns([
    ...runs("cifar10", "ce", 0.4),
    ...runs("cifar10", "ls", 0.3),
    ...runs("cifar10", "ils", 0.2),
    ...runs("cifar100", "ce", 1.5),
    ...runs("cifar100", "ls", 1.1),
    ...runs("fashionmnist", "ce", 0.4),
  ], OPTIONS);
  assert.deepEqual(ranking.methods, [
    { name: "ls + TempS", rank: 1 },
    { name: "ce + TempS", rank: 2 },
    { name: "ls", rank: 3 },
    { name: "ce", rank: 4 },
  ]);
  // cifar100 has no ils; fashionmnist has only one method.
  assert.deepEqual(ranking.names, ["cifar10 resnet18", "cifar100 resnet18"]);
  assert.equal(ranking.dataSets, 2);
  assert.equal(
    ranking.criticalDifference,
    criticalDifference({ methods: 4, dataSets: 2 }),
  );
  // Perfect agreement: N (k - 1).
  assert(Math.abs(ranking.friedman!.statistic - 6) < 1e-12);
});

Deno.test("rankRuns() gives the highest accuracy rank 1, and ties their mean rank", async () => {
  const at = (dataset: string, method: "ce" | "ls", accuracy: number) =>
    fakeRun(by(method, { ...STUDY, data: { ...STUDY.data, dataset } }), {
      accuracy,
    });
  const { methods } = await rankRuns([
    at("a", "ce", 0.8),
    at("a", "ls", 0.9),
    at("b", "ce", 0.5),
    at("b", "ls", 0.6),
  ], { ...OPTIONS, score: "accuracy" });
  assert.deepEqual(methods, [
    { name: "ls", rank: 1.5 },
    { name: "ls + TempS", rank: 1.5 },
    { name: "ce", rank: 3.5 },
    { name: "ce + TempS", rank: 3.5 },
  ]);
});

Deno.test("rankRuns() uses a pair's largest settings and no students", async () => {
  const small = { ...STUDY, data: { ...STUDY.data, limit: 100 } };
  const ranking = await rankRuns([
    ...runs("cifar10", "ce", 0.4),
    ...runs("cifar10", "ls", 0.3),
    fakeRun(by("ce", small), { logLoss: 0.1 }),
    fakeRun(by("ls", small), { logLoss: 0.9 }),
    fakeRun(studentOf(by("ce", STUDY), false)),
    fakeRun(studentOf(by("ce", STUDY), true)),
    ...runs("cifar100", "ce", 1.5),
    ...runs("cifar100", "ls", 1.1),
  ], OPTIONS);
  assert.equal(ranking.dataSets, 2);
  assert.equal(ranking.methods[0].name, "ls + TempS");
});

Deno.test("rankRuns() refuses a single pair, and pairs that share fewer than two methods", async () => {
  const one = [
    ...runs("cifar10", "ce", 0.4),
    ...runs("cifar10", "ls", 0.3),
  ];
  await assert.rejects(rankRuns(one, OPTIONS), {
    name: "BadInput",
    message: "Cannot rank methods as at least two pairs of data set and " +
      "network must have several methods: found cifar10 resnet18",
  });
  const other = [
    ...runs("cifar100", "ce", 0.4),
    ...runs("cifar100", "ils", 0.3),
  ];
  await assert.rejects(rankRuns([...one, ...other], OPTIONS), {
    message: "Cannot rank methods as cifar10 resnet18, cifar100 resnet18 " +
      "must share at least two methods: they share only ce",
  });
});

Deno.test("publishedRankings() have the critical difference 5.02 of the study's figures", () => {
  const rankings = publishedRankings(0.05);
  assert.equal(rankings.length, 4);
  for (const { methods, criticalDifference, friedman } of rankings) {
    assert.equal(methods.length, 12);
    assert.equal(criticalDifference.toFixed(2), "5.02");
    assert.equal(friedman, null);
  }
  assert.deepEqual(rankings[2].methods[0], {
    name: "No LS + TempS",
    rank: 3.64,
  });
  assert(publishedRankings(0.1)[0].criticalDifference < 5);
});
