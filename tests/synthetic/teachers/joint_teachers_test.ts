import assert from "node:assert/strict";
import { fitTemperature } from "../../../lib/calibration/calibrators/temperature.ts";
import {
  crossFittedPlan,
  ensemblePlan,
  type JointPlan,
  type JointTeacher,
  trainJoint,
} from "../../../lib/synthetic/teachers/joint_teachers.ts";
import { buildTargets } from "../../../lib/smoothing/targets.ts";
import { assertAllClose } from "../../training/all_close.ts";
import {
  type FakeLaboratory,
  fakeLaboratory,
  numberedLogits,
  smallLaboratory,
} from "../fake_laboratory.ts";

const CE = { name: "ce" } as const;
const TEN = { members: 10, trainPerClass: 15 };

/** Returns the mean probabilities of fake networks for a row. */
function meanProbabilities(places: readonly number[], row: number): number[] {
  const each = places.map((place) => {
    const terms = [Math.exp(place / 4), Math.exp(row / 50), 1];
    const sum = terms[0] + terms[1] + terms[2];
    return terms.map((term) => term / sum);
  });
  return [0, 1, 2].map((k) =>
    each.reduce((sum, p) => sum + p[k], 0) / places.length
  );
}

const ALL = Array.from({ length: 10 }, (_, place) => place);

/** Trains the teacher of one plan. */
const trained = ({ laboratory }: FakeLaboratory, plan: JointPlan) =>
  trainJoint(laboratory, { plan }).plan;

function assertMeanOf(
  { data, rows }: JointTeacher["logits"],
  count: number,
  placesOf: (row: number) => readonly number[],
) {
  assert.equal(rows, count);
  for (let row = 0; row < rows; row++) {
    assertAllClose(
      data.subarray(3 * row, 3 * row + 3),
      meanProbabilities(placesOf(row), row).map(Math.log),
      1e-6,
      `row ${row}`,
    );
  }
}

/** Returns the networks that were not trained on a row. */
function unseenBy({ jobs }: FakeLaboratory, row: number): number[] {
  return [...jobs.keys()].filter((place) => !jobs[place].rows!.includes(row));
}

Deno.test("an ensemble predicts the mean of its members' probabilities", () => {
  const fake = fakeLaboratory(TEN);
  const method = { name: "ls", epsilon: 0.3 } as const;
  const teacher = trained(fake, ensemblePlan(fake.laboratory, method));
  assert.equal(teacher.networks.length, 10);
  assertMeanOf(teacher.logits, 45, () => ALL);
  assertMeanOf(teacher.validation, 150, () => ALL);
  const { jobs } = fake;
  assert.equal(new Set(jobs.map(({ name }) => name)).size, 10, "seeds");
  for (const { rows, targets } of jobs) {
    assert.equal(rows, undefined, "every member sees every point");
    assertAllClose(targets.data.subarray(0, 3), [0.8, 0.1, 0.1], 1e-7);
  }
});

Deno.test("an ensemble's members learn from the given teacher", () => {
  const { laboratory } = fakeLaboratory(TEN);
  const first = ensemblePlan(laboratory, { name: "ce" });
  const teacher = { logits: numberedLogits(3, 45), temperature: 1 };
  const method = { name: "ils2", epsilon: 0.1, temperature: 2 } as const;
  const second = ensemblePlan(laboratory, method, { teacher });
  const { labels } = laboratory.data.train;
  const targets = buildTargets(method, { labels, classes: 3, teacher });
  second.jobs.forEach((job, i) => {
    assert.deepEqual(job.targets, targets);
    assert.equal(job.name, first.jobs[i].name, "same initial weights");
  });
});

Deno.test("a cross-fitted teacher uses for a training point only networks that have not seen it", () => {
  const fake = fakeLaboratory(TEN);
  const teacher = trained(fake, crossFittedPlan(fake.laboratory, CE));
  assert.equal(fake.jobs.length, 10);
  for (let row = 0; row < 45; row++) {
    const [first, second, ...more] = unseenBy(fake, row);
    assert(first < 5 && 5 <= second, "one network per repeat of five folds");
    assert.deepEqual(more, []);
  }
  assertMeanOf(teacher.logits, 45, (row) => unseenBy(fake, row));
});

Deno.test("a cross-fitted teacher uses all its networks for points that none has seen", () => {
  const fake = fakeLaboratory(TEN);
  const teacher = trained(fake, crossFittedPlan(fake.laboratory, CE));
  assertMeanOf(teacher.validation, 150, () => ALL);
  const { labels } = fake.laboratory.data.validation;
  const { temperature } = fitTemperature(teacher.validation, labels);
  assert.equal(teacher.temperature, temperature);
});

Deno.test("cross-fitting holds out three points of each class, different ones per repeat", () => {
  const { laboratory } = fakeLaboratory(TEN);
  const { jobs } = crossFittedPlan(laboratory, { name: "ls", epsilon: 0.3 });
  const { labels } = laboratory.data.train;
  for (const { rows, targets } of jobs) {
    // 15 points per class, in five folds.
    assert.equal(rows!.length, 36);
    for (const k of [0, 1, 2]) {
      assert.equal(rows!.filter((i) => labels[i] === k).length, 12);
    }
    assertAllClose(targets.data.subarray(0, 3), [0.8, 0.1, 0.1], 1e-7);
  }
  const foldsOf = (repeat: number) =>
    jobs.slice(5 * repeat, 5 * repeat + 5).map(({ rows }) => rows!.join());
  assert.notDeepEqual(foldsOf(0).sort(), foldsOf(1).sort());
});

Deno.test("cross-fitting has folds that depend on the data set and the seed", () => {
  const foldsOf = (number: number, seed: number) => {
    const laboratory = smallLaboratory(number, { ...TEN, seed });
    return crossFittedPlan(laboratory, CE).jobs
      .map(({ rows }) => rows!.join()).join(";");
  };
  assert.equal(foldsOf(0, 1), foldsOf(0, 1));
  assert.notEqual(foldsOf(0, 1), foldsOf(1, 1));
  assert.notEqual(foldsOf(0, 1), foldsOf(0, 2));
});

Deno.test("trainJoint() trains several teachers as one stack and gives each its networks", () => {
  const { laboratory, calls } = fakeLaboratory({ ...TEN, members: 5 });
  const { folds, ensemble } = trainJoint(laboratory, {
    folds: crossFittedPlan(laboratory, CE),
    ensemble: ensemblePlan(laboratory, CE),
  });
  assert.deepEqual(calls, [10]);
  assertMeanOf(ensemble.logits, 45, () => [5, 6, 7, 8, 9]);
  assert.match(folds.networks[4].name, /fold-0-4$/);
  assert.match(ensemble.networks[4].name, /member-4$/);
});
