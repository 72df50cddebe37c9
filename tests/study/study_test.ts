import assert from "node:assert/strict";
import { comparePublished } from "../../lib/study/compare_records.ts";
import type { Profile } from "../../lib/study/profile.ts";
import { PROFILES } from "../../lib/study/profiles.ts";
import {
  plansOf,
  studentSpec,
  teacherSpec,
} from "../../lib/study/profile_runs.ts";
import { ils, ilsq } from "../../lib/study/profile_settings.ts";
import { runId } from "../../lib/runs/spec.ts";
import {
  openTunedPlans,
  possibleSpecs,
  type TunedPlan,
  tuneProfile,
} from "../../lib/study/tuning.ts";
import {
  isDistilled,
  networkRecords,
  studyRecords,
  studyStudents,
  studyTeachers,
  trainingSeconds,
  trainPlans,
} from "../../lib/study/study.ts";
import { recordBegun } from "../runs/begun.ts";

const FEW = { dataset: "excerpt", limit: 60, trainFraction: 0.5 };
const TRAINING = { ...PROFILES.smoke.training, epochs: 1 };

/** The smoke profile with two seeds, one epoch and thirty images. */
const TINY: Profile = {
  ...PROFILES.smoke,
  name: "tiny",
  seeds: [1, 2],
  data: FEW,
  model: "mlp",
  training: TRAINING,
  tuning: {
    ...{ data: FEW, model: "mlp", training: TRAINING, seeds: [3] },
    candidates: [
      { name: "ls", epsilon: 0.9 },
      { name: "ls", epsilon: 0.1 },
      ils(0.1, 1),
      ils(0.9, 1),
      ilsq({ p2: 2, maxEpsilon: 0.2, temperature: 2 }),
    ],
  },
  others: [{
    ...{ data: FEW, model: "lenet", training: TRAINING, seeds: [1, 2] },
    methods: [{ name: "ce" }, { name: "ls", epsilon: 0.1 }],
    tuning: null,
    student: null,
  }],
  student: { ...PROFILES.smoke.student!, training: TRAINING },
};

Deno.test("the complete study runs at a small size: tuning, networks, students, records", async () => {
  const root = await Deno.makeTempDir();
  try {
    const { begun: started, progress: open } = recordBegun();
    const display = { begin() {}, open, end() {} };
    const options = { root, display };
    assert.equal(await openTunedPlans([TINY], root), undefined, "not tuned");
    const { profile, tuned } = await tuneProfile(TINY, options);
    assert.equal(started.length, 5 + 1, "candidates, and the teacher of ils");
    assert.deepEqual(tuned[1], {
      plan: TINY.others[0],
      results: [],
      chosen: [],
    });
    checkChoice(tuned[0]);
    const [opened] = (await openTunedPlans([TINY], root))!;
    assert.deepEqual(opened.methods, profile.methods);

    await trainPlans(plansOf(profile), options);
    assert.equal(started.length, 6 + 4 * 2 + 3 * 2 * 2 + 2 * 2);
    const teachers = await studyTeachers(profile, options);
    const students = await studyStudents(profile, options);
    const others = await studyTeachers(profile.others[0], options);
    assert.equal(teachers.length, 4 * 2);
    assert.equal(students.length, 3 * 2 * 2);
    assert.equal(others.length, 2 * 2);
    assert.equal(started.length, 30, "nothing is trained twice");
    assert(trainingSeconds(teachers) > 0);

    const records = studyRecords(teachers, students);
    assert.equal(records.length, 4 * 2 * 2);
    for (const record of records) {
      assert.equal(record.n, 200, "the test set is complete");
      assert.equal(record.trainImages, 30);
      assert.equal(record.scaled, record.temperature !== 1);
      assert.equal(isDistilled(record), record.method !== "ils");
    }
    const rows = comparePublished(records, {
      dataset: "Fashion-MNIST",
      network: "DenseNet",
    });
    assert.equal(rows.length, 4 * 5 + 2 * 3, "ils has no students");
    const possible = new Set(possibleSpecs(plansOf(TINY)).map(runId));
    for (const id of started) assert(possible.has(id), id);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

/** Of each method, the candidate with the lowest validation log loss is chosen. */
function checkChoice({ plan, results, chosen }: TunedPlan) {
  const best = ["ls", "ils", "ilsq"].map((name) =>
    results.filter(({ method }) => method === name)
      .toSorted((a, b) => a.logLoss! - b.logLoss!)[0]
  );
  assert.deepEqual(
    chosen.map(({ method, numbers }) => ({ method, numbers })),
    best.map(({ method, numbers }) => ({ method, numbers })),
  );
  assert.deepEqual(
    plan.methods.slice(1),
    best.map(({ method, numbers }) => ({ name: method, ...numbers })),
  );
}

Deno.test("networkRecords() scales each network by its own temperature", () => {
  const scores = { accuracy: 0.8, ece: 0.1 };
  const test = {
    plain: scores,
    calibrated: [{
      by: "temperature",
      parameters: { temperature: 1.5 },
      metrics: { ...scores, ece: 0.05 },
    }],
  };
  const spec = { model: "mlp" };
  const run = { record: { spec, epochs: 4, test } } as never;
  const [plain, scaled] = networkRecords([{ method: "ls", seed: 3, run }]);
  assert.deepEqual([plain.model, plain.epochs], ["mlp", 4]);
  assert.deepEqual([plain.temperature, plain.ece], [1, 0.1]);
  assert.deepEqual([scaled.temperature, scaled.ece], [1.5, 0.05]);
  assert(scaled.scaled && !plain.scaled);
});

Deno.test("teacherSpec() lists a plan's methods if asked for another", () => {
  assert.throws(
    () => teacherSpec(TINY.others[0], "ilsq", 1),
    /^BadInput: Cannot train lenet with ilsq as the plan's methods are ce, ls$/,
  );
});

Deno.test("studentSpec() refuses a plan without students", () => {
  assert.throws(
    () => studentSpec(TINY.others[0], "ce", { seed: 1, teacherScaled: false }),
    /^BadInput: Cannot distil lenet as the plan has no students$/,
  );
});
