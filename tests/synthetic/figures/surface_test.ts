import assert from "node:assert/strict";
import { logitsLogLoss } from "../../../lib/calibration/scores.ts";
import { fitTemperature } from "../../../lib/calibration/calibrators/temperature.ts";
import { SURFACE } from "../../../lib/synthetic/study_numbers.ts";
import { runExperiment } from "../../../lib/synthetic/run_experiment.ts";
import {
  runSurface,
  type SurfaceRecord,
} from "../../../lib/synthetic/figures/surface_run.ts";
import {
  summariseSurface,
  type SurfaceCell,
  surfaceCorrelation,
} from "../../../lib/synthetic/figures/surface_summary.ts";
import { syntheticSpec } from "../../../lib/synthetic/spec.ts";
import { buildTargets } from "../../../lib/smoothing/targets.ts";
import { assertClose } from "../../calibration/close.ts";
import { assertAllClose } from "../../training/all_close.ts";
import { fakeLaboratory, numberedLogits, SMALL } from "../fake_laboratory.ts";
import { surfaceRecord } from "../records.ts";

Deno.test("runSurface() measures a network at each P1 and P2, row by row", () => {
  const { laboratory, jobs } = fakeLaboratory();
  const { networks, epochs, plain, logLoss } = runSurface(laboratory);
  assert.equal(networks, 1 + 12 * 6);
  // The mean of 10, 11, ... 82.
  assert.equal(epochs, 46);
  const { labels } = laboratory.data.test;
  const lossOf = (place: number) =>
    logitsLogLoss(numberedLogits(place, labels.length), labels);
  assert.equal(plain, lossOf(0));
  assert.deepEqual(
    logLoss,
    Array.from(
      { length: 12 },
      (_, i) => Array.from({ length: 6 }, (_, j) => lossOf(1 + 6 * i + j)),
    ),
  );
  assert.equal(new Set(jobs.map(({ name }) => name)).size, 73);
});

Deno.test("runSurface() trains by ils1 with the plain network as teacher", () => {
  const { laboratory, jobs } = fakeLaboratory();
  runSurface(laboratory);
  const { labels } = laboratory.data.train;
  const validation = laboratory.data.validation.labels;
  const { temperature } = fitTemperature(numberedLogits(0, 150), validation);
  const teacher = { logits: numberedLogits(0, 150), temperature };
  for (const [i, j] of [[0, 0], [0, 5], [7, 1], [11, 5]]) {
    const numbers = { p1: SURFACE.p1[i], p2: SURFACE.p2[j], maxEpsilon: 0.2 };
    assert.deepEqual(
      jobs[1 + 6 * i + j].targets,
      buildTargets({ name: "ils1", ...numbers }, {
        labels,
        classes: 3,
        teacher,
      }),
    );
  }
  assertAllClose(
    jobs[0].targets.data.subarray(0, 3),
    [1, 0, 0],
    0,
    "hard labels",
  );
});

Deno.test("runExperiment() computes the surface with trained networks", () => {
  const spec = { ...SMALL, experiment: "fig-11", trainPerClass: 10 } as const;
  const record = runExperiment(syntheticSpec(spec), 0) as SurfaceRecord;
  const losses = [record.plain, ...record.logLoss.flat()];
  assert.equal(losses.length, 73);
  assert(losses.every((loss) => 0.2 < loss && loss < 1.5), String(losses));
});

const records = (shifts: readonly number[]) =>
  shifts.map((shift, dataset) => surfaceRecord(dataset, shift));

Deno.test("summariseSurface() compares each cell's mean with the published one", () => {
  const cells = summariseSurface(records([0.01, 0.03, 0.08]));
  assert.equal(cells.length, 72);
  // The mean shift is 0.04, with deviations -0.03, -0.01 and 0.04.
  const error = Math.sqrt((0.0009 + 0.0001 + 0.0016) / 2 / 3);
  for (const { n, logLoss, logLossSe, published, difference } of cells) {
    assert.equal(n, 3);
    assertClose(difference, 0.04);
    assertClose(logLoss, published + 0.04);
    assertClose(logLossSe!, error);
  }
  const { p1, p2, published } = cells[7 * 6 + 1];
  assert.deepEqual([p1, p2, published], [0.8, 2, 0.516]);
  assert.deepEqual([cells[5].p1, cells[5].p2], [0.975, 10]);
});

Deno.test("summariseSurface() has no standard error for a single data set", () => {
  const cells = summariseSurface(records([0.01]));
  assert(cells.every(({ logLossSe }) => logLossSe === null));
});

/** Cells from pairs of our log loss and the published one. */
function cells(...pairs: [number, number][]): SurfaceCell[] {
  return pairs.map(([logLoss, published]) => ({
    p1: 0.8,
    p2: 1,
    n: 1,
    logLoss,
    logLossSe: null,
    published,
    difference: logLoss - published,
  }));
}

Deno.test("surfaceCorrelation() matches Pearson's correlation computed by hand", () => {
  // Deviations -1, 0, 1 and -1, 1, 0: a sum of products of 1, squares of 2.
  assertClose(surfaceCorrelation(cells([1, 1], [2, 3], [3, 2])), 1 / 2);
  assertClose(surfaceCorrelation(cells([1, 3], [2, 2], [3, 1])), -1);
  assertClose(surfaceCorrelation(summariseSurface(records([0.2]))), 1, 1e-9);
});
