import assert from "node:assert/strict";
import { bayesLogits } from "../../../lib/synthetic/circles.ts";
import {
  type BestEpsilonRecord,
  runBestEpsilon,
} from "../../../lib/synthetic/figures/best_epsilon_run.ts";
import {
  EPSILON_AXIS,
  PROBABILITY_GROUPS,
} from "../../../lib/synthetic/study_numbers.ts";
import { summariseBestEpsilon } from "../../../lib/synthetic/figures/best_epsilon_summary.ts";
import { runExperiment } from "../../../lib/synthetic/run_experiment.ts";
import { syntheticSpec } from "../../../lib/synthetic/spec.ts";
import { matrix } from "../../../lib/matrix.ts";
import { asLogits } from "../../../lib/matrix_kinds.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { assertClose } from "../../calibration/close.ts";
import { assertAllClose } from "../../training/all_close.ts";
import { fakeLaboratory, SMALL, smallLaboratory } from "../fake_laboratory.ts";
import { bestEpsilonRecord, type Group } from "../records.ts";

const POINTS = 60;

/** All networks predict thirds except the third and the fourth. */
const FAKE = fakeLaboratory({}, {
  logits: (place, part) => {
    const { layout, [part]: { points } } = smallLaboratory().data;
    const truth = bayesLogits(layout, points).data;
    return asLogits(matrix(
      Float32Array.from(truth, (z) => place === 2 ? z : place === 3 ? -z : 0),
      3,
    ));
  },
});
const RECORD = runBestEpsilon(FAKE.laboratory);

/** Returns the posterior of the test points' true classes. */
function truths(): number[] {
  const { layout, test: { points, labels } } = FAKE.laboratory.data;
  const { data } = softmax(bayesLogits(layout, points));
  return Array.from(labels, (label, i) => data[3 * i + label]);
}

const sum = (values: readonly number[]) =>
  values.reduce((total, value) => total + value, 0);

Deno.test("runBestEpsilon() trains by ls at each of 22 epsilons", () => {
  assert.deepEqual(EPSILON_AXIS.slice(0, 4), [0.001, 0.005, 0.01, 0.02]);
  assert.deepEqual([EPSILON_AXIS.length, EPSILON_AXIS[21]], [22, 0.2]);
  assert.deepEqual([RECORD.networks, RECORD.epochs], [22, 10 + 21 / 2]);
  FAKE.jobs.forEach(({ targets }, i) => {
    const wrong = EPSILON_AXIS[i] / 3;
    assertAllClose(
      targets.data.subarray(0, 3),
      [1 - 2 * wrong, wrong, wrong],
      1e-7,
    );
  });
});

Deno.test("runBestEpsilon() groups points by the posterior of their class", () => {
  const { counts, truth } = RECORD;
  assert.deepEqual([counts.length, truth.length], [50, 50]);
  const known = truths();
  for (let group = 0; group < PROBABILITY_GROUPS; group++) {
    const own = known.filter((p) =>
      group / 50 <= p && (p < (group + 1) / 50 || group === 49)
    );
    assert.equal(counts[group], own.length, `group ${group}`);
    assertClose(truth[group], sum(own));
  }
  assert.equal(sum(counts), POINTS);
});

Deno.test("runBestEpsilon() sums each network's predictions and their distances", () => {
  const { counts, truth, predicted, distance } = RECORD;
  assertAllClose(predicted[2], truth, 1e-5, "the truth");
  assertAllClose(distance[2], truth.map(() => 0), 1e-5, "its distance");
  assertAllClose(predicted[0], counts.map((n) => n / 3), 1e-12, "thirds");
  const known = truths();
  assertClose(sum(distance[0]), sum(known.map((p) => Math.abs(p - 1 / 3))));
  // Reversed predictions are further off than thirds.
  assert(sum(distance[3]) > sum(distance[0]));
});

Deno.test("runExperiment() computes Fig. 6 with trained networks", () => {
  const spec = { ...SMALL, experiment: "fig-6", trainPerClass: 10 } as const;
  const { truth, distance } = runExperiment(
    syntheticSpec(spec),
    0,
  ) as BestEpsilonRecord;
  assertAllClose(truth, RECORD.truth, 1e-12, "the same test points");
  for (const each of distance) {
    // Closer to the posterior than thirds are.
    assert(sum(each) < sum(RECORD.distance[0]), String(sum(each)));
  }
});

/** A group whose distances are smallest at the epsilon `best`. */
function group(
  place: number,
  best: number,
  changes: Partial<Group> = {},
): Group {
  const count = 300;
  const truth = count * (place + 0.5) / 50;
  return {
    group: place,
    count,
    truth,
    distance: (epsilon) => count * (0.01 + Math.abs(epsilon - best)),
    predicted: (epsilon) => truth + count * (epsilon - best),
    ...changes,
  };
}

Deno.test("summariseBestEpsilon() finds the epsilon closest to the posterior", () => {
  const points = summariseBestEpsilon([
    bestEpsilonRecord(0, [group(30, 0.12), group(45, 0.005)]),
    bestEpsilonRecord(1, [group(30, 0.12), group(45, 0.005)]),
  ]);
  assert.deepEqual(
    points.map((
      { epsilon, low, high, count, epsilonOfMeans },
    ) => [epsilon, low, high, count, epsilonOfMeans]),
    [[0.12, 0.12, 0.12, 600, 0.12], [0.005, 0.005, 0.005, 600, 0.005]],
  );
  assertClose(points[0].trueClassProbability, 0.61);
  assertClose(points[1].trueClassProbability, 0.91);
});

Deno.test("summariseBestEpsilon() leaves out groups with less than 1/500 of all points", () => {
  const few = (place: number, count: number) => group(place, 0.1, { count });
  const points = summariseBestEpsilon([
    bestEpsilonRecord(0, [few(10, 100), few(20, 100), few(40, 49_801)]),
    bestEpsilonRecord(1, [few(10, 99), few(20, 100), few(40, 49_800)]),
  ]);
  assert.deepEqual(points.map(({ count }) => count), [200, 99_601]);
});

Deno.test("summariseBestEpsilon() has a wide interval if data sets disagree", () => {
  // Nine data sets in ten prefer 0.05; one strongly prefers 0.2.
  const records = Array.from({ length: 20 }, (_, i) =>
    bestEpsilonRecord(i, [
      i % 10 === 0
        ? group(25, 0.2, { distance: (e) => 3000 * (0.2 - e) })
        : group(25, 0.05),
    ]));
  const [{ epsilon, low, high }] = summariseBestEpsilon(records);
  assert.equal(epsilon, 0.2, "the sum decides, not the majority");
  assert(low === 0.05 && high === 0.2, `${low} to ${high}`);
  const again = summariseBestEpsilon(records);
  assert.deepEqual([again[0].low, again[0].high], [low, high]);
});

Deno.test("summariseBestEpsilon() may find different epsilons by means and by distances", () => {
  // Errors of either sign cancel in the mean, not in the distance.
  const [point] = summariseBestEpsilon([
    bestEpsilonRecord(0, [
      group(25, 0.03, { predicted: (e) => 153 + 300 * (e - 0.17) }),
    ]),
  ]);
  assert.deepEqual([point.epsilon, point.epsilonOfMeans], [0.03, 0.17]);
});
