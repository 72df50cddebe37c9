import assert from "node:assert/strict";
import { compareDirections } from "../../lib/study/compare_directions.ts";
import { comparePublished } from "../../lib/study/compare_records.ts";
import { metricsOf } from "../calibration/metrics_of.ts";
import type { StudyRecord } from "../../lib/study/study.ts";

const DENSENET = { dataset: "Fashion-MNIST", network: "DenseNet" } as const;

/**
 * Returns records with the given log loss of each seed and fixed other scores.
 */
function records(logLoss: Record<string, readonly number[]>): StudyRecord[] {
  return Object.entries(logLoss).flatMap(([method, losses]) =>
    losses.flatMap((loss, i) =>
      [false, true].map((scaled) => ({
        model: "mlp" as const,
        trainImages: 4000,
        epochs: 8,
        method: method as StudyRecord["method"],
        seed: i + 1,
        scaled,
        temperature: 1,
        ...metricsOf({ accuracy: 0.9 + i / 1000, logLoss: loss, ece: 0.026 }),
        studentAccuracy: 0.935,
        studentLogLoss: 0.7,
      }))
    )
  );
}

Deno.test("comparePublished() compares means and standard deviations", () => {
  const rows = comparePublished(records({ ce: [0.2, 0.22, 0.24] }), DENSENET);
  const row = rows.find(({ score, scaled }) => score === "logLoss" && !scaled)!;
  assert.equal(row.n, 3);
  assert(Math.abs(row.measured! - 0.22) < 1e-12);
  assert(Math.abs(row.measuredStdev! - 0.02) < 1e-12);
  assert.equal(row.published, 0.22);
  assert(Math.abs(row.difference!) < 1e-12);
  assert(row.within);
});

Deno.test("comparePublished() marks differences of more than two published deviations", () => {
  const rows = comparePublished(records({ ce: [0.3, 0.3] }), DENSENET);
  const [plain, scaled] = rows.filter(({ score }) => score === "logLoss");
  assert(!plain.within, "0.30 is 14 times 0.0056 above 0.220");
  assert(scaled.within, "0.30 is 0.66 times 0.0804 above 0.247");
});

Deno.test("comparePublished() leaves out methods that were not run", () => {
  const rows = comparePublished(records({ ls: [0.2, 0.2] }), DENSENET);
  assert.deepEqual(new Set(rows.map(({ method }) => method)), new Set(["ls"]));
});

Deno.test("compareDirections() decides only if the interval excludes 0", () => {
  // Published, unscaled: ls − ce +0.003, ils − ce −0.017, ils − ls −0.020.
  const directions = compareDirections(
    records({
      ce: [0.3, 0.32, 0.34],
      ls: [0.4, 0.421, 0.439],
      ils: [0.31, 0.31, 0.36],
    }),
    DENSENET,
  ).filter(({ score, scaled }) => score === "logLoss" && !scaled);
  const verdictOf = (a: string, b: string) =>
    directions.find((d) => d.a === a && d.b === b)!.verdict;
  assert.equal(verdictOf("ls", "ce"), "same direction");
  assert.equal(verdictOf("ils", "ce"), "undecided");
  assert.equal(verdictOf("ils", "ls"), "same direction");
});

Deno.test("compareDirections() recognises a published tie and an opposite direction", () => {
  const better = records({ ce: [0.3, 0.3], ls: [0.2, 0.2], ils: [0.1, 0.1] })
    .map((record) => ({
      ...record,
      studentAccuracy: record.method === "ls" ? 0.95 : 0.9,
    }));
  const directions = compareDirections(better, DENSENET)
    .filter(({ a, b, scaled }) => a === "ls" && b === "ce" && !scaled);
  const verdictOf = (score: string) =>
    directions.find((d) => d.score === score)!.verdict;
  assert.equal(verdictOf("logLoss"), "other direction");
  assert.equal(verdictOf("studentAccuracy"), "published as equal");
});

Deno.test("comparisons leave out the students that a method does not have", () => {
  const all = records({ ce: [0.2, 0.21], ls: [0.2, 0.22], ils: [0.2, 0.23] })
    .map((record) =>
      record.method === "ils"
        ? { ...record, studentAccuracy: null, studentLogLoss: null }
        : record
    );
  const scores = (rows: readonly { readonly score: string }[]) =>
    rows.filter(({ score }) => score.startsWith("student")).length;
  // Accuracy and log loss of students of ce and ls, plain and scaled.
  assert.equal(scores(comparePublished(all, DENSENET)), 2 * 2 * 2);
  assert.equal(scores(compareDirections(all, DENSENET)), 2 * 2, "ls − ce");
});
