import assert from "node:assert/strict";
import { loadDataset } from "../../lib/data/dataset.ts";
import { noisyLabels } from "../../lib/data/label_noise.ts";
import { argMax } from "../../lib/matrix.ts";
import { comparableRuns } from "../../lib/runs/groups.ts";
import { describeSettings } from "../../lib/runs/describe.ts";
import { ensureRun } from "../../lib/runs/ensure.ts";
import { readRunPart } from "../../lib/runs/evaluate.ts";
import { type LabelNoise, runId, type RunSpec } from "../../lib/runs/spec.ts";
import { RUN_SPEC } from "../../lib/runs/spec_schema.ts";
import {
  type Part,
  readRunIndices,
  type StoredRun,
} from "../../lib/runs/store.ts";
import { teacherRuns } from "../../lib/runs/teacher_runs.ts";
import { compareRuns } from "../../lib/study/compare_runs.ts";
import { rankRuns } from "../../lib/study/rank_runs.ts";
import { recordBegun } from "./begun.ts";
import { by, fakeRun, studentOf, STUDY } from "./fake_runs.ts";
import { noisy, TAUGHT, TINY } from "./specs.ts";

const EVEN: LabelNoise = { kind: "even", rate: 0.2, seed: 3 };
const SIMILAR: LabelNoise = { ...EVEN, kind: "similar", source: TINY };

/** Folder of this file's runs, so that a source is trained once. */
const root = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => {
  Deno.removeSync(root, { recursive: true });
});

/** Labels of the excerpt's training images with noise, by the pure function. */
async function excerptLabels(confusions?: number[][]) {
  const { train } = await loadDataset("excerpt");
  const { rate, seed } = EVEN;
  const options = { classes: 10, rate, seed, confusions };
  return { clean: train.labels, noisy: noisyLabels(train.labels, options) };
}

/** Checks that parts of a run, by default those it trains with, have labels. */
async function assertLabels(
  run: StoredRun,
  expected: Int32Array,
  parts: readonly Part[] = ["train", "val"],
) {
  for (const part of parts) {
    const indices = await readRunIndices(run, part);
    const { labels } = await readRunPart(run, part);
    assert.deepEqual(labels, indices.map((index) => expected[index]));
  }
}

Deno.test("a run with even noise has noisy training and validation labels and clean test labels", async () => {
  const run = await ensureRun(noisy(TINY, EVEN), { root });
  const { clean, noisy: labels } = await excerptLabels();
  assert.notDeepEqual(labels, clean);
  await assertLabels(run, labels);
  const { test } = await loadDataset("excerpt");
  assert.deepEqual((await readRunPart(run, "test")).labels, test.labels);
  const plain = await ensureRun(TINY, { root });
  for (const part of ["train", "val"] as const) {
    assert.deepEqual(
      await readRunIndices(run, part),
      await readRunIndices(plain, part),
      "the split is that of clean labels",
    );
  }
});

Deno.test("similar noise follows the validation confusions of its source, trained first", async () => {
  const spec = noisy({ ...TINY, seed: 2 }, SIMILAR);
  const { begun, progress } = recordBegun();
  const folder = await Deno.makeTempDir({ dir: root });
  const run = await ensureRun(spec, { root: folder, progress });
  assert.deepEqual(begun, [runId(TINY), runId(spec)]);
  const source = await ensureRun(TINY, { root: folder });
  const { logits, labels } = await readRunPart(source, "val");
  const confusions = Array.from({ length: 10 }, () => Array(10).fill(0));
  labels.forEach((label, i) => confusions[label][argMax(logits, i)]++);
  const expected = await excerptLabels(confusions);
  await assertLabels(run, expected.noisy);
  assert.notDeepEqual(expected.noisy, (await excerptLabels()).noisy);
});

Deno.test("a source in another folder is used instead of training it again", async () => {
  const elsewhere = await Deno.makeTempDir({ dir: root });
  await ensureRun(TINY, { folder: elsewhere });
  const folder = await Deno.makeTempDir({ dir: root });
  const spec = noisy(TAUGHT, SIMILAR);
  const { begun, progress } = recordBegun();
  await ensureRun(spec, { root: folder, noiseFolder: elsewhere, progress });
  assert.deepEqual(begun, [runId(noisy(TINY, SIMILAR)), runId(spec)]);
});

Deno.test("a cross-fitted teacher has the noise of its student, in the held-out fold too", async () => {
  const crossFitted = noisy(TINY, EVEN);
  const spec = noisy({
    ...TAUGHT,
    teacher: { kind: "cross-fitted", crossFitted, folds: 2, repeats: 1 },
  }, EVEN);
  const run = await ensureRun(spec, { root });
  const { noisy: labels } = await excerptLabels();
  await assertLabels(run, labels);
  for (const network of teacherRuns(spec.teacher)) {
    const held = await ensureRun(network, { root });
    await assertLabels(held, labels, ["train", "val", "held"]);
  }
});

Deno.test("kind, rate, seed and source of the noise are part of a run's id", () => {
  const kinds: LabelNoise[] = [
    EVEN,
    { ...EVEN, rate: 0.3 },
    { ...EVEN, seed: 4 },
    SIMILAR,
    { ...SIMILAR, source: { ...TINY, seed: 2 } },
  ];
  const ids = [TINY, ...kinds.map((noise) => noisy(TINY, noise))].map(runId);
  assert.equal(new Set(ids).size, ids.length);
  // If an id changes, finished runs are no longer found.
  assert.equal(ids[0], "excerpt-lenet-ce-s1-9937169f9a");
  assert.equal(ids[1], "excerpt-lenet-ce-s1-80717c4a26");
  assert.equal(ids[4], "excerpt-lenet-ce-s1-3f6c323610");
});

Deno.test("a spec with noise is unchanged after writing and reading", () => {
  for (const noise of [EVEN, SIMILAR]) {
    const spec = noisy(TAUGHT, noise);
    const read = RUN_SPEC.parse(JSON.parse(JSON.stringify(spec)));
    assert.deepEqual(read, spec);
    assert.equal(runId(read), runId(spec));
  }
});

Deno.test("runs with different noise are never in one comparison, those with one are", () => {
  const specs = [1, 2].flatMap((seed): RunSpec[] => {
    const run = { ...STUDY, seed };
    const source = by("ce", STUDY);
    return [
      run,
      noisy(run, EVEN),
      noisy(run, { ...EVEN, seed: 4 }),
      noisy(run, { ...EVEN, rate: 0.4 }),
      noisy(run, { ...EVEN, kind: "similar", source }),
      noisy(run, { ...EVEN, kind: "similar", source: { ...source, seed: 2 } }),
    ];
  });
  const comparisons = comparableRuns(specs.map((spec) => fakeRun(spec)));
  assert.deepEqual(
    comparisons.map(({ groups }) => groups.map(({ runs }) => runs.length)),
    Array(6).fill([2]),
  );
  const settings = comparisons.map(({ groups: [{ runs: [{ record }] }] }) =>
    describeSettings(record)
  );
  assert.equal(new Set(settings).size, 6, "each has its own caption");
  const { record } = fakeRun(noisy(STUDY, EVEN));
  assert.match(describeSettings(record), /, 20 % even label noise \(seed 3\)$/);
  assert.match(
    settings[4],
    /, 20 % similar label noise from cifar10-resnet18-ce-s1-\w+ \(seed 3\)$/,
  );
});

Deno.test("runs with noise are neither ranked nor compared with published rows", async () => {
  const all = (spec: RunSpec) => [by("ce", spec), by("ls", spec)];
  const cifar100 = { ...STUDY, data: { ...STUDY.data, dataset: "cifar100" } };
  const clean = [...all(STUDY), ...all(cifar100)];
  const options = { score: "logLoss", alpha: 0.05, bins: 10 } as const;
  const ranked = (specs: readonly RunSpec[]) =>
    rankRuns(
      specs.map((spec, i) => fakeRun(spec, { logLoss: 1 / (i + 1) })),
      options,
    );
  const more = [...clean, ...all(noisy(STUDY, EVEN))];
  assert.deepEqual(await ranked(more), await ranked(clean));
  const student = noisy(studentOf(noisy(STUDY, EVEN), false), EVEN);
  const cells = await compareRuns(
    [...all(noisy(STUDY, EVEN)), student].map((spec) => fakeRun(spec)),
    ["logLoss", "studentAccuracy"],
    { anySettings: true },
  );
  assert.ok(cells.every(({ status }) => status === "not run"));
});
