import assert from "node:assert/strict";
import { methodRows } from "../../lib/study/method_rows.ts";
import { pairedDifference } from "../../lib/statistics/summary.ts";
import { by, fakeRun, STUDY } from "../runs/fake_runs.ts";

const CE = [0.30, 0.32, 0.34];
const LS = [0.25, 0.28, 0.27];

const RUNS = [
  ...CE.map((logLoss, i) =>
    fakeRun(by("ce", { ...STUDY, seed: i + 1 }), { logLoss })
  ),
  ...LS.map((logLoss, i) =>
    fakeRun(by("ls", { ...STUDY, seed: i + 1 }), { logLoss })
  ),
];

Deno.test("methodRows() has two rows per method, plain and scaled", async () => {
  const rows = await methodRows(RUNS, { bins: 10 });
  assert.deepEqual(
    rows.map(({ method, scaled, n, seeds }) => [method, scaled, n, seeds]),
    [
      ["ce", false, 3, "1 2 3"],
      ["ce", true, 3, "1 2 3"],
      ["ls", false, 3, "1 2 3"],
      ["ls", true, 3, "1 2 3"],
    ],
  );
  const [plain, scaled] = rows;
  assert(Math.abs(plain.logLoss - 0.32) < 1e-12);
  assert(Math.abs(plain.logLossStdev! - 0.02) < 1e-12);
  assert(Math.abs(scaled.logLoss - 0.16) < 1e-12);
  assert.deepEqual([plain.temperature, scaled.temperature], [1, 2]);
  assert.deepEqual([plain.reference, plain.logLossDifference], [null, null]);
});

Deno.test("methodRows() pairs a method with its reference by seed", async () => {
  // The reference lacks seed 3 and has one that the method lacks.
  const own = [...RUNS.filter((_, i) => i !== 2)];
  own.push(fakeRun(by("ce", { ...STUDY, seed: 9 }), { logLoss: 5 }));
  const rows = await methodRows(own, { bins: 10, reference: "ce" });
  const ls = rows.find(({ method, scaled }) => method === "ls" && !scaled)!;
  const { mean, low, high } = pairedDifference(LS.slice(0, 2), CE.slice(0, 2));
  assert.deepEqual([ls.reference, ls.pairs], ["ce", 2]);
  assert.deepEqual(
    [ls.logLossDifference, ls.logLossLow, ls.logLossHigh],
    [mean, low, high],
  );
  const ce = rows.find(({ method }) => method === "ce")!;
  assert.deepEqual([ce.reference, ce.logLossDifference], [null, null]);
});

Deno.test("methodRows() has a null interval if only one seed is shared", async () => {
  const [row] = (await methodRows([RUNS[0], RUNS[3]], {
    bins: 10,
    reference: "ce",
  })).filter(({ method }) => method === "ls");
  const [ce] = await methodRows([RUNS[0]], { bins: 10 });
  assert.equal(row.pairs, 1);
  assert.equal(row.logLossDifference, row.logLoss - ce.logLoss);
  assert.deepEqual([row.logLossLow, row.logLossHigh], [null, null]);
  assert.equal(row.logLossStdev, null);
});

Deno.test("methodRows() never pairs runs with different settings", async () => {
  const short = { ...STUDY, training: { ...STUDY.training, epochs: 3 } };
  const rows = await methodRows([
    ...RUNS.slice(0, 3),
    ...[1, 2, 3].map((seed) => fakeRun(by("ls", { ...short, seed }))),
  ], { bins: 10, reference: "ce" });
  const ls = rows.find(({ method }) => method === "ls")!;
  assert.deepEqual([ls.reference, ls.pairs], [null, 0]);
});

Deno.test("methodRows() refuses a missing or ambiguous reference", async () => {
  await assert.rejects(methodRows(RUNS, { bins: 10, reference: "ils" }), {
    name: "BadInput",
    message:
      "Cannot compare with ils as it has no runs: there are runs of ce, ls",
  });
  const twice = [...RUNS, fakeRun(by("ls", STUDY, 0.2))];
  await assert.rejects(methodRows(twice, { bins: 10, reference: "ls" }), {
    message: "Cannot compare with ls as cifar10 resnet18 has several: " +
      "ls epsilon 0.1; ls epsilon 0.2",
  });
  const rows = await methodRows(twice, {
    bins: 10,
    reference: "ls epsilon 0.1",
  });
  assert.equal(rows[0].reference, "ls epsilon 0.1");
});
