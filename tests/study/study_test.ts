import assert from "node:assert/strict";
import { comparePublished } from "../../lib/study/compare_records.ts";
import type { Profile } from "../../lib/study/profile.ts";
import { PROFILES } from "../../lib/study/profiles.ts";
import { profileSpecs, teacherSpec } from "../../lib/study/profile_runs.ts";
import { runId } from "../../lib/runs/spec.ts";
import { teacherRuns } from "../../lib/runs/teacher_runs.ts";
import {
  networkRecords,
  studyGrid,
  studyOthers,
  studyRecords,
  studyStudents,
  studyTeachers,
  trainingSeconds,
} from "../../lib/study/study.ts";
import { recordBegun } from "../runs/begun.ts";

const FEW = { dataset: "excerpt", limit: 60, trainFraction: 0.5 };

/** The smoke profile with two seeds, one epoch and thirty images. */
const TINY: Profile = {
  ...PROFILES.smoke,
  name: "tiny",
  seeds: [1, 2],
  data: FEW,
  model: "mlp",
  training: { ...PROFILES.smoke.training, epochs: 1 },
  methods: [
    ...PROFILES.smoke.methods,
    { name: "ils2", epsilon: 0.1, temperature: 2 },
  ],
  others: [{
    model: "lenet",
    training: { ...PROFILES.smoke.training, epochs: 1 },
    methods: PROFILES.smoke.methods.slice(0, 2),
  }],
  student: {
    ...PROFILES.smoke.student,
    data: { ...FEW, limit: 20 },
    training: { ...PROFILES.smoke.student.training, epochs: 1 },
  },
  grid: {
    data: FEW,
    training: { ...PROFILES.smoke.training, epochs: 1, gamma: 0.5 },
    epsilons: [0.1, 0.2],
    temperatures: [1, 2],
  },
};

Deno.test("the complete study runs at a small size: networks, students, records", async () => {
  const root = await Deno.makeTempDir();
  try {
    const { begun: started, progress: open } = recordBegun();
    const display = { begin() {}, open, end() {} };
    const teachers = await studyTeachers(TINY, { root, display });
    const students = await studyStudents(TINY, { root, display });
    const grid = await studyGrid(TINY, { root, display });
    const [other] = await studyOthers(TINY, { root, display });
    assert.equal(teachers.length, 4 * 2);
    assert.equal(students.length, 3 * 2 * 2);
    assert.equal(other.networks.length, 2 * 2);
    assert.deepEqual(
      grid.map((row) =>
        row.map(({ record: { spec: { objective } } }) =>
          objective.kind === "targets" && objective.method
        )
      ),
      [0.1, 0.2].map((epsilon) =>
        [1, 2].map((temperature) => (
          { name: "ils", epsilon, temperature, scores: "probabilities" }
        ))
      ),
    );
    assert.equal(started.length, 8 + 12 + 5 + 4, "every run was trained once");
    assert(trainingSeconds(teachers) > 0);

    const records = studyRecords(teachers, students);
    assert.equal(records.length, 3 * 2 * 2, "networks that have a student");
    for (const record of records) {
      assert.equal(record.n, 200, "the test set is complete");
      assert.equal(record.scaled, record.temperature !== 1);
    }
    const rows = comparePublished(records, {
      dataset: "Fashion-MNIST",
      network: "DenseNet",
    });
    assert.equal(rows.length, 6 * 5);

    await studyStudents(TINY, { root, display });
    assert.equal(started.length, 29, "a second call trains nothing");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

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

Deno.test("teacherSpec() lists a profile's methods if asked for another", () => {
  assert.throws(
    () => teacherSpec(TINY, "ilsq", { seed: 1 }),
    /^BadInput: .*tiny does not train mlp with ilsq: .* ce, ls, ils, ils2$/,
  );
});

Deno.test("profileSpecs() lists teachers before their students", () => {
  for (const profile of Object.values(PROFILES)) {
    const seen = new Set<string>();
    for (const spec of profileSpecs(profile)) {
      for (const teacher of teacherRuns(spec.teacher)) {
        assert(seen.has(runId(teacher)));
      }
      seen.add(runId(spec));
    }
    assert.equal(seen.size, profileSpecs(profile).length, "no run twice");
  }
});
