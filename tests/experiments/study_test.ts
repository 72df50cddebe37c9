import assert from "node:assert/strict";
import { comparePublished } from "../../lib/experiments/compare_published.ts";
import { type Profile, PROFILES } from "../../lib/experiments/profiles.ts";
import { profileSpecs } from "../../lib/experiments/profile_runs.ts";
import { isRun, runId } from "../../lib/experiments/run_spec.ts";
import {
  networkRecords,
  studyRecords,
  studyStudents,
  studyTeachers,
  trainingSeconds,
} from "../../lib/experiments/study.ts";
import { silentProgress } from "../../lib/training/progress.ts";

const FEW = { dataset: "excerpt", limit: 60, trainFraction: 0.5 };

/** The smoke profile with two seeds, one epoch and thirty images. */
const TINY: Profile = {
  ...PROFILES.smoke,
  name: "tiny",
  seeds: [1, 2],
  data: FEW,
  model: "mlp",
  training: { ...PROFILES.smoke.training, epochs: 1 },
  student: {
    ...PROFILES.smoke.student,
    data: { ...FEW, limit: 20 },
    training: { ...PROFILES.smoke.student.training, epochs: 1 },
  },
};

Deno.test("the whole study runs in small: networks, students, records", async () => {
  const root = await Deno.makeTempDir();
  try {
    const begun: string[] = [];
    const progress = {
      ...silentProgress,
      begin: (title: string) => begun.push(title),
    };
    const teachers = await studyTeachers(TINY, { root, progress });
    const students = await studyStudents(TINY, { root, progress });
    assert.equal(teachers.length, 3 * 2);
    assert.equal(students.length, 3 * 2 * 2);
    assert.equal(begun.length, 6 + 12, "every run was trained once");
    assert(trainingSeconds(teachers) > 0);

    const records = studyRecords(teachers, students);
    assert.equal(records.length, 3 * 2 * 2);
    for (const record of records) {
      assert.equal(record.n, 200, "the test set stays whole");
      assert.equal(record.scaled, record.temperature !== 1);
    }
    const rows = comparePublished(records, {
      dataset: "Fashion-MNIST",
      network: "DenseNet",
    });
    assert.equal(rows.length, 6 * 5);

    await studyStudents(TINY, { root, progress });
    assert.equal(begun.length, 18, "a second call trains nothing");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("networkRecords() scales each network by its own temperature", () => {
  const scores = { accuracy: 0.8, ece: 0.1 };
  const test = {
    ...scores,
    temperature: 1.5,
    scaled: { ...scores, ece: 0.05 },
  };
  const run = { record: { test } } as never;
  const [plain, scaled] = networkRecords([{ method: "ls", seed: 3, run }]);
  assert.deepEqual([plain.temperature, plain.ece], [1, 0.1]);
  assert.deepEqual([scaled.temperature, scaled.ece], [1.5, 0.05]);
  assert(scaled.scaled && !plain.scaled);
});

Deno.test("profileSpecs() lists teachers before those whom they teach", async () => {
  for (const profile of Object.values(PROFILES)) {
    const seen = new Set<string>();
    for (const spec of profileSpecs(profile)) {
      if (isRun(spec.teacher)) assert(seen.has(await runId(spec.teacher)));
      seen.add(await runId(spec));
    }
    assert.equal(seen.size, profileSpecs(profile).length, "no run twice");
  }
});
