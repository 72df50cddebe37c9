import assert from "node:assert/strict";
import {
  type Candidate,
  trainPlans,
} from "../../../lib/experiments/synthetic/candidate.ts";
import {
  firstTeacher,
  nextTeacher,
} from "../../../lib/experiments/synthetic/planned_teacher.ts";
import { teacherOf } from "../../../lib/experiments/synthetic/teacher_of.ts";
import type { TeacherPlan } from "../../../lib/experiments/taught_run.ts";
import type { MethodSpec } from "../../../lib/smoothing/method.ts";
import { buildTargets } from "../../../lib/smoothing/targets.ts";
import {
  type FakeLaboratory,
  fakeLaboratory,
  numberedLogits,
} from "./fake_laboratory.ts";

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

/** A fake laboratory that has trained the plain network, as its first. */
function begun(): FakeLaboratory & { plain: Candidate } {
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

Deno.test("the plan of one network by ce is the plain network, trained no more", () => {
  const fake = begun();
  const { teacher, networks } = firstTeacher(
    fake.laboratory,
    plan(CE, ONE),
    fake.plain,
  );
  assert.deepEqual(teacher, teacherOf(fake.laboratory, fake.plain));
  assert.deepEqual([networks.length, fake.jobs.length], [0, 1]);
});

Deno.test("a teacher's own networks are trained by its method", () => {
  const cases: [MethodSpec, TeacherPlan["networks"], number, number?][] = [
    [LS, ONE, 1],
    [LS, FOUR, 4],
    // Taught by the plain network, which was trained as the first.
    [ILS2, FOUR, 4, 0],
  ];
  for (const [method, kind, count, place] of cases) {
    const fake = begun();
    const { networks } = firstTeacher(
      fake.laboratory,
      plan(method, kind),
      fake.plain,
    );
    assert.equal(networks.length, count);
    const jobs = fake.jobs.slice(1);
    assert.equal(new Set(jobs.map(({ name }) => name)).size, count);
    for (const { targets } of jobs) {
      assert.deepEqual(targets.data, targetsOf(fake, method, place));
    }
  }
});

Deno.test("a cross-fitted teacher's networks hold out a fold, and so do those that teach them", () => {
  const fake = begun();
  const { networks } = firstTeacher(
    fake.laboratory,
    plan(ILS2, FOLDS),
    fake.plain,
  );
  assert.equal(networks.length, 12);
  const [first, second] = [fake.jobs.slice(1, 7), fake.jobs.slice(7)];
  first.forEach(({ rows, targets }, i) => {
    assert.equal(rows!.length, 30);
    assert.deepEqual(targets.data, targetsOf(fake, CE));
    assert.deepEqual(second[i].rows, rows);
    assert.deepEqual(second[i].targets.data, targetsOf(fake, ILS2, 1 + i));
  });
  const smoothed = begun();
  firstTeacher(smoothed.laboratory, plan(LS, FOLDS), smoothed.plain);
  assert.equal(smoothed.jobs.length, 1 + 6);
  for (const { targets } of smoothed.jobs.slice(1)) {
    assert.deepEqual(targets.data, targetsOf(smoothed, LS));
  }
});

Deno.test("the next teacher is what was chosen, or an ensemble of its kind", () => {
  for (const kind of [ONE, FOLDS, FOUR]) {
    const fake = begun();
    const { laboratory } = fake;
    const teacher = teacherOf(laboratory, fake.plain);
    const [trained] = trainPlans(laboratory, [
      { name: "ils2", method: ILS2, teacher },
    ]);
    const chosen = { ...trained, temperature: 1, validationLogLoss: 1 };
    const next = nextTeacher(laboratory, plan(CE, kind), { chosen, teacher });
    if (kind === FOUR) {
      assert.equal(next.networks.length, 4);
      for (const { targets } of fake.jobs.slice(2)) {
        assert.deepEqual(targets.data, targetsOf(fake, ILS2, 0));
      }
    } else {
      assert.deepEqual(next, {
        teacher: teacherOf(laboratory, chosen),
        networks: [],
      });
    }
  }
});
