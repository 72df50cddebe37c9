import assert from "node:assert/strict";
import {
  type Candidate,
  type Teacher,
  trainPlans,
} from "../../../lib/synthetic/candidate.ts";
import {
  firstTeacher,
  nextTeachers,
} from "../../../lib/synthetic/table/planned_teacher.ts";
import { teacherOf } from "../../../lib/synthetic/teacher_of.ts";
import type { TeacherPlan } from "../../../lib/runs/teacher_plan.ts";
import { meanLogits } from "../../../lib/logits/mean_logits.ts";
import type { MethodSpec } from "../../../lib/smoothing/method.ts";
import { buildTargets } from "../../../lib/smoothing/targets.ts";
import { assertAllClose } from "../../training/all_close.ts";
import {
  type FakeLaboratory,
  fakeLaboratory,
  numberedLogits,
} from "../fake_laboratory.ts";

const CE = { name: "ce" } as const;
const LS = { name: "ls", epsilon: 0.3 } as const;
const ILS2 = { name: "ils2", epsilon: 0.2, temperature: 2 } as const;
const ONE = { kind: "one" } as const;
const FOUR = { kind: "ensemble", members: 4 } as const;
const FOLDS = { kind: "folds", folds: 3, repeats: 2 } as const;

const plan = (
  method: MethodSpec,
  networks: TeacherPlan["networks"],
): TeacherPlan => ({ method, networks, generations: 2 });

/** Returns a fake laboratory whose first network is the plain one. */
function withPlain(): FakeLaboratory & { plain: Candidate } {
  const fake = fakeLaboratory({ trainPerClass: 15 });
  const [plain] = trainPlans(fake.laboratory, [{ name: "ce", method: CE }]);
  return { ...fake, plain };
}

const targetsOf = (
  { laboratory: { classes, data } }: FakeLaboratory,
  method: MethodSpec,
  place?: number,
) =>
  buildTargets(method, {
    labels: data.train.labels,
    classes,
    ...(place === undefined ? {} : {
      teacher: { logits: numberedLogits(place, 45), temperature: 1 },
    }),
  }).data;

/** Throws unless a teacher is the mean of networks, for one row or all. */
function assertMeanOf(
  { logits }: Teacher,
  places: readonly number[],
  row?: number,
): void {
  const expected = meanLogits(places.map((place) => numberedLogits(place, 45)));
  const [start, end] = row === undefined
    ? [0, logits.data.length]
    : [3 * row, 3 * row + 3];
  assertAllClose(
    logits.data.slice(start, end),
    expected.data.slice(start, end),
    1e-6,
  );
}

Deno.test("the plan of one network by ce reuses the plain network", () => {
  const fake = withPlain();
  const { teacher, networks } = firstTeacher(
    fake.laboratory,
    plan(CE, ONE),
    fake.plain,
  );
  assert.deepEqual(teacher, teacherOf(fake.laboratory, fake.plain));
  assert.deepEqual([networks.length, fake.jobs.length], [0, 1]);
});

Deno.test("a teacher's networks are trained by its method", () => {
  const cases: [MethodSpec, TeacherPlan["networks"], number, number?][] = [
    [LS, ONE, 1],
    [LS, FOUR, 4],
    // Taught by the plain network, which is the first one.
    [ILS2, FOUR, 4, 0],
  ];
  for (const [method, kind, count, place] of cases) {
    const fake = withPlain();
    const { teacher, networks } = firstTeacher(
      fake.laboratory,
      plan(method, kind),
      fake.plain,
    );
    assert.equal(networks.length, count);
    assertMeanOf(teacher, networks.map((_, i) => 1 + i));
    const jobs = fake.jobs.slice(1);
    assert.equal(new Set(jobs.map(({ name }) => name)).size, count);
    for (const { targets } of jobs) {
      assert.deepEqual(targets.data, targetsOf(fake, method, place));
    }
  }
});

Deno.test("a cross-fitted teacher's networks hold out a fold, and so do their teachers", () => {
  const fake = withPlain();
  const { teacher, networks } = firstTeacher(
    fake.laboratory,
    plan(ILS2, FOLDS),
    fake.plain,
  );
  assert.equal(networks.length, 12);
  const [first, second] = [fake.jobs.slice(1, 7), fake.jobs.slice(7)];
  const unseen = (row: number) =>
    [...second.keys()].filter((i) => !second[i].rows!.includes(row));
  for (let row = 0; row < 45; row++) {
    assertMeanOf(teacher, unseen(row).map((i) => 7 + i), row);
  }
  first.forEach(({ rows, targets }, i) => {
    assert.equal(rows!.length, 30);
    assert.deepEqual(targets.data, targetsOf(fake, CE));
    assert.deepEqual(second[i].rows, rows);
    assert.deepEqual(second[i].targets.data, targetsOf(fake, ILS2, 1 + i));
  });
  const smoothed = withPlain();
  firstTeacher(smoothed.laboratory, plan(LS, FOLDS), smoothed.plain);
  assert.equal(smoothed.jobs.length, 1 + 6);
  for (const { targets } of smoothed.jobs.slice(1)) {
    assert.deepEqual(targets.data, targetsOf(smoothed, LS));
  }
});

Deno.test("the next teachers are the chosen networks, or ensembles like them", () => {
  for (const kind of [ONE, FOLDS, FOUR]) {
    const fake = withPlain();
    const { laboratory } = fake;
    const teacher = teacherOf(laboratory, fake.plain);
    const chosen = trainPlans(laboratory, [
      { name: "a", method: ILS2, teacher },
      { name: "b", method: { ...ILS2, temperature: 4 }, teacher },
    ]);
    const before = chosen.map((chosen) => ({ chosen, teacher }));
    const next = nextTeachers(laboratory, plan(CE, kind), before);
    if (kind !== FOUR) {
      const own = chosen.map((one) => teacherOf(laboratory, one));
      assert.deepEqual(
        next,
        own.map((teacher) => ({ teacher, networks: [] })),
      );
      continue;
    }
    assert.deepEqual(fake.calls, [1, 2, 8], "one stack");
    next.forEach(({ teacher, networks }, i) => {
      assert.equal(networks.length, 4);
      const places = [3, 4, 5, 6].map((place) => place + 4 * i);
      assertMeanOf(teacher, places);
      for (const place of places) {
        const { targets } = fake.jobs[place];
        assert.deepEqual(targets.data, targetsOf(fake, chosen[i].method, 0));
      }
    });
  }
});
