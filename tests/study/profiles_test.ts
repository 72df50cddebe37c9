import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { checkSpec } from "../../lib/runs/check_spec.ts";
import { KNOWN_DATASETS } from "../../lib/data/named/known_datasets.ts";
import { runId } from "../../lib/runs/spec.ts";
import { teacherRuns } from "../../lib/runs/teacher_runs.ts";
import type { NetworkPlan } from "../../lib/study/profile.ts";
import { plansOf, planSpecs } from "../../lib/study/profile_runs.ts";
import { profileNamed, PROFILES } from "../../lib/study/profiles.ts";
import { REGIME_STUDIES } from "../../lib/study/regime_studies.ts";
import { possibleSpecs, provisionalPlans } from "../../lib/study/tuning.ts";

/** The plans of every profile and study of regimes. */
const ALL: Record<string, readonly NetworkPlan[]> = Object.fromEntries([
  ...Object.values(PROFILES).map((profile) =>
    [`profile ${profile.name}`, plansOf(profile)] as const
  ),
  ...["smoke", "regimes"].map((name) =>
    [`regimes ${name}`, REGIME_STUDIES[name].plans] as const
  ),
]);

for (const [name, plans] of Object.entries(ALL)) {
  Deno.test(`${name}: every run is valid and occurs once, after its teachers`, () => {
    const done = new Set<string>();
    for (const spec of possibleSpecs(plans)) {
      checkSpec(spec);
      for (const teacher of teacherRuns(spec.teacher)) {
        assert(done.has(runId(teacher)), `${runId(teacher)} is missing`);
      }
      assert(!done.has(runId(spec)), "occurs once");
      done.add(runId(spec));
    }
  });

  Deno.test(`${name}: students have teachers, and tuning has seeds of its own`, () => {
    for (const plan of provisionalPlans(plans)) {
      const methods = plan.methods.map(({ name }) => name);
      assert.equal(new Set(methods).size, methods.length);
      for (const method of plan.student?.methods ?? []) {
        assert(methods.includes(method), method);
      }
      for (const seed of plan.tuning?.seeds ?? []) {
        assert(!plan.seeds.includes(seed), `seed ${seed}`);
      }
    }
  });
}

Deno.test("profile quick: ten seeds of four methods, 60 students", () => {
  const plans = provisionalPlans([PROFILES.quick]);
  assert.deepEqual(
    plans[0].methods.map(({ name }) => name),
    ["ce", "ls", "ils", "ilsq"],
  );
  assert.equal(plans[0].seeds.length, 10);
  const students = planSpecs(plans).filter(({ objective }) =>
    objective.kind === "distillation"
  );
  assert.equal(students.length, 3 * 2 * 10);
});

Deno.test("profile standard: the numbers for all images are those chosen on few", () => {
  const [lenet, shallownet, , lenetOnAll, shallownetOnAll] = plansOf(
    PROFILES.standard,
  );
  assert.equal(lenetOnAll.tuning, lenet.tuning);
  assert.equal(shallownetOnAll.tuning, shallownet.tuning);
  assert.equal(shallownetOnAll.data.limit, null);
});

/** Three classes of each data set that look alike. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  excerpt: ["Pullover", "Coat", "Shirt"],
  fashionmnist: ["Pullover", "Coat", "Shirt"],
  cifar10: ["cat", "deer", "dog"],
  cifar100: ["boy", "girl", "woman"],
};

Deno.test("every profile embeds exactly three classes on their own", () => {
  for (
    const { name, data: { dataset }, embedding } of Object.values(PROFILES)
  ) {
    const { classNames } = KNOWN_DATASETS[dataset].facts;
    assert.deepEqual(
      embedding.alike.map((label) => classNames[label]),
      ALIKE[dataset],
      name,
    );
  }
});

Deno.test("regimes: sizes and kinds of noise have their own images, networks share them", () => {
  const { plans } = REGIME_STUDIES.regimes;
  const mlp = plans.filter(({ model }) => model === "mlp");
  assert.equal(mlp.length, 4 * 3);
  assert.equal(new Set(mlp.map(({ data }) => data.splitSeed)).size, 12);
  for (const plan of plans.filter(({ model }) => model !== "mlp")) {
    const same = mlp.find(({ data }) =>
      data.splitSeed === plan.data.splitSeed
    )!;
    assert.deepEqual(plan.data, same.data);
    const names = new Set(plan.tuning!.candidates.map(({ name }) => name));
    assert.deepEqual([...names], ["ls", "ilsq", "mix"]);
    assert.deepEqual(plan.tuning, {
      ...same.tuning,
      candidates: same.tuning!.candidates.filter(({ name }) => names.has(name)),
    });
  }
});

Deno.test("regimes: three ce networks teach mix for all seeds", () => {
  const { plans } = REGIME_STUDIES.regimes;
  for (const plan of provisionalPlans(plans)) {
    const teachers = planSpecs([{ ...plan, tuning: null, student: null }])
      .filter(({ objective }) =>
        objective.kind === "targets" && objective.method.name === "mix"
      ).map(({ teacher }) => teacherRuns(teacher).map(runId).join(" "));
    assert.equal(teachers.length, plan.seeds.length);
    assert.equal(new Set(teachers).size, 1);
    assert.equal(teachers[0].split(" ").length, 3);
  }
});

Deno.test("profileNamed() lists the profiles if the name is unknown", () => {
  assert.equal(profileNamed("quick"), PROFILES.quick);
  assert.throws(
    () => profileNamed("toString"),
    new BadInput(
      `Profile must be one of ${Object.keys(PROFILES).join(", ")}: ` +
        "current value is toString",
    ),
  );
});
