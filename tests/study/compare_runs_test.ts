import assert from "node:assert/strict";
import {
  compareRuns,
  type RunComparison,
} from "../../lib/study/compare_runs.ts";
import { type RunSpec, runTeacher } from "../../lib/runs/spec.ts";
import type { StoredRun } from "../../lib/runs/store.ts";
import { by, fakeRun, studentOf, STUDY } from "../runs/fake_runs.ts";

/** Returns the CIFAR-10 ResNet18 cell of one method and score. */
async function cell(
  runs: readonly StoredRun[],
  key: Pick<RunComparison, "method" | "scaled" | "score">,
  options?: { anySettings: boolean },
): Promise<RunComparison> {
  const cells = await compareRuns(runs, [key.score], options);
  return cells.find((cell) =>
    cell.network === "ResNet18" && cell.method === key.method &&
    cell.scaled === key.scaled
  )!;
}

const LS = { method: "ls", scaled: false, score: "logLoss" } as const;

Deno.test("compareRuns() has a row for each published one, with or without runs", async () => {
  const cells = await compareRuns([], ["accuracy", "studentLogLoss"]);
  assert.equal(cells.length, 48);
  for (const cell of cells) {
    assert.equal(cell.status, "not run");
    assert.deepEqual([cell.n, cell.measured, cell.within], [0, null, null]);
    assert(Number.isFinite(cell.published + cell.publishedStdev));
  }
});

Deno.test("compareRuns() compares the mean over seeds with the published one", async () => {
  const losses = [0.31, 0.33, 0.35];
  const runs = losses.map((logLoss, i) =>
    fakeRun(by("ls", { ...STUDY, seed: i + 1 }), { logLoss })
  );
  const plain = await cell(runs, LS);
  assert.equal(plain.status, "published settings");
  assert.equal(plain.n, 3);
  assert(Math.abs(plain.measured! - 0.33) < 1e-12);
  assert(Math.abs(plain.measuredStdev! - 0.02) < 1e-12);
  // Published 0.317 ± 0.0271: 0.013 above it is within twice that.
  assert(Math.abs(plain.difference! - 0.013) < 1e-12);
  assert.equal(plain.within, true);
  // Scaled, the fake loss is half: 0.165, far below 0.316 ± 0.0289.
  const scaled = await cell(runs, { ...LS, scaled: true });
  assert(Math.abs(scaled.measured! - 0.165) < 1e-12);
  assert.equal(scaled.within, false);
});

Deno.test("compareRuns() ignores runs with a limit, other epochs, numbers or data", async () => {
  const other: RunSpec[] = [
    { ...STUDY, data: { ...STUDY.data, limit: 1000 } },
    { ...STUDY, training: { ...STUDY.training, epochs: 12 } },
    { ...STUDY, training: { ...STUDY.training, learningRate: 0.05 } },
    { ...STUDY, model: "lenet" },
    { ...STUDY, data: { ...STUDY.data, dataset: "fashionmnist" } },
  ];
  for (const spec of other) {
    assert.equal((await cell([fakeRun(by("ls", spec))], LS)).status, "not run");
  }
  const folder = { folder: "/home/cifar10", sha256: "0" };
  const own = by("ls", { ...STUDY, data: { ...STUDY.data, own: folder } });
  const shown = await cell([fakeRun(own)], LS, { anySettings: true });
  assert.equal(shown.status, "not run");
  const averaged = { ...STUDY.training, average: 0.99 };
  const unknown = by("ls", { ...STUDY, training: averaged });
  assert.equal((await cell([fakeRun(unknown)], LS)).status, "not run");
  const epsilon = fakeRun(by("ls", STUDY, 0.2));
  const any = await cell([epsilon], LS, { anySettings: true });
  assert.equal(any.status, "not run");
});

Deno.test("compareRuns() shows and describes other settings on request", async () => {
  const short = { ...STUDY, training: { ...STUDY.training, epochs: 12 } };
  const small = { ...STUDY, data: { ...STUDY.data, limit: 1000 } };
  const runs = [short, small].map((spec) => fakeRun(by("ls", spec)));
  const hidden = await cell(runs, LS);
  assert.deepEqual([hidden.status, hidden.otherRuns], ["not run", 2]);
  const shown = await cell(runs, LS, { anySettings: true });
  assert.equal(shown.status, "other settings");
  assert.deepEqual([shown.trainImages, shown.epochs], [40_000, 12]);
  assert.equal(shown.n, 1);
  assert.match(shown.settings!, /^40000 images, all data, .*12 epochs, /);
  // If there are runs with the published settings, others are never shown.
  const own = await cell([...runs, fakeRun(by("ls", STUDY))], LS, {
    anySettings: true,
  });
  assert.deepEqual([own.status, own.epochs], ["published settings", 100]);
});

Deno.test("compareRuns() requires ils to be taught by one ce network with the same settings", async () => {
  const ILS = { ...LS, method: "ils" } as const;
  const right = by("ils", STUDY);
  assert.equal((await cell([fakeRun(right)], ILS)).n, 1);
  const ensemble: RunSpec = {
    ...right,
    teacher: { kind: "ensemble", ensemble: by("ce", STUDY), members: 5 },
  };
  const taughtByLs: RunSpec = {
    ...right,
    teacher: runTeacher(by("ls", STUDY)),
  };
  const taughtByLess: RunSpec = {
    ...right,
    teacher: runTeacher(by("ce", {
      ...STUDY,
      training: { ...STUDY.training, epochs: 5 },
    })),
  };
  for (const spec of [ensemble, taughtByLs, taughtByLess]) {
    assert.equal((await cell([fakeRun(spec)], ILS)).n, 0);
  }
});

Deno.test("compareRuns() assigns a student to its teacher's row", async () => {
  const teacher = by("ls", STUDY);
  const runs = [
    fakeRun(teacher),
    fakeRun(studentOf(teacher, true), { accuracy: 0.84 }),
    fakeRun({ ...studentOf(teacher, true), seed: 2 }, { accuracy: 0.86 }),
    fakeRun({ ...studentOf(teacher, false), model: "lenet" }),
  ];
  const of = (scaled: boolean, method: "ce" | "ls" = "ls") =>
    cell(runs, { method, scaled, score: "studentAccuracy" });
  const scaled = await of(true);
  assert.deepEqual([scaled.n, scaled.status], [2, "published settings"]);
  assert(Math.abs(scaled.measured! - 0.85) < 1e-12);
  assert.equal(scaled.printed, "± 0.01, read as a fraction");
  assert.equal((await of(false)).n, 0);
  assert.equal((await of(true, "ce")).n, 0);
});
