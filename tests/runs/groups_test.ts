import assert from "node:assert/strict";
import { join } from "node:path";
import { listRuns } from "../../lib/runs/list.ts";
import { comparableRuns } from "../../lib/runs/groups.ts";
import { describeSettings } from "../../lib/runs/describe.ts";
import type { RunSpec } from "../../lib/runs/spec.ts";
import { findRun } from "../../lib/runs/open.ts";
import { by, fakeRun, studentOf, STUDY, writeRuns } from "./fake_runs.ts";

const LIMITED: RunSpec = { ...STUDY, data: { ...STUDY.data, limit: 100 } };

/** Returns the labels of each comparison, with their seeds. */
function labelsOf(specs: readonly RunSpec[], options?: { sameNames: boolean }) {
  return comparableRuns(specs.map((spec) => fakeRun(spec)), options)
    .map(({ groups }) =>
      groups.map(({ label, runs }) =>
        `${label}: ${runs.map(({ record }) => record.spec.seed).join(" ")}`
      )
    );
}

Deno.test("comparableRuns() groups runs that differ only in seed", () => {
  const specs = ["ils", "ls", "ce"].flatMap((name) =>
    [3, 1, 2].map((seed) => by(name as "ce" | "ls" | "ils", { ...STUDY, seed }))
  );
  assert.deepEqual(labelsOf(specs), [["ce: 1 2 3", "ls: 1 2 3", "ils: 1 2 3"]]);
});

Deno.test("comparableRuns() never mixes settings and puts most images first", () => {
  const longer: RunSpec = {
    ...LIMITED,
    training: { ...STUDY.training, epochs: 200 },
  };
  const found = comparableRuns(
    [LIMITED, longer, STUDY].map((spec) => fakeRun(spec)),
  );
  assert.deepEqual(
    found.map(({ groups: [{ spec }] }) => [
      spec.data.limit,
      spec.training.epochs,
    ]),
    [[null, 100], [100, 200], [100, 100]],
  );
});

Deno.test("comparableRuns() compares runs with different numbers of threads, as separate groups", () => {
  const single: RunSpec = {
    ...STUDY,
    training: { ...STUDY.training, threads: 1 },
  };
  const [groups, ...others] = labelsOf([by("ce", STUDY), by("ls", single)]);
  assert.deepEqual([groups, others], [["ce: 1", "ls: 1"], []]);
  const [both] = labelsOf([by("ce", STUDY), by("ce", single)]);
  assert.equal(both.length, 2);
});

Deno.test("comparableRuns() adds numbers to a label only if the name is ambiguous", () => {
  const specs = [
    by("ls", STUDY),
    by("ls", STUDY, 0.05),
    by("ce", STUDY),
    by("ls", LIMITED),
  ];
  assert.deepEqual(labelsOf(specs), [
    ["ce: 1", "ls epsilon 0.05: 1", "ls epsilon 0.1: 1"],
    ["ls: 1"],
  ]);
  assert.deepEqual(labelsOf(specs, { sameNames: true })[1], [
    "ls epsilon 0.1: 1",
  ]);
});

Deno.test("comparableRuns() adds the teacher to a label if numbers do not suffice", () => {
  const mlp: RunSpec = { ...STUDY, model: "mlp" };
  const found = labelsOf([studentOf(STUDY, false), studentOf(mlp, false)]);
  assert.equal(found.length, 1);
  assert.deepEqual(found[0].map((label) => label.replace(/.* by /, "by ")), [
    "by ce mlp: 1",
    "by ce resnet18: 1",
  ]);
});

Deno.test("describeSettings() includes settings of later versions", () => {
  const { record } = fakeRun(LIMITED);
  const parts = describeSettings(record).split(", ");
  assert.deepEqual(parts.slice(0, 3), [
    "80 images",
    "limit 100",
    "80 % trained on",
  ]);
  assert.equal(parts.at(-1), "stop after 10");
  const training = { ...STUDY.training, average: 0.99, clip: null };
  const spec = { ...LIMITED, training };
  assert.equal(
    describeSettings({ ...record, spec }),
    `${parts.join(", ")}, ` +
      "average 0.99",
  );
});

Deno.test("describeSettings() distinguishes runs on own data that are not comparable", () => {
  const own = { folder: "/a/photos", sha256: "0123456789abcdef" };
  const owns = [
    own,
    { ...own, sha256: "f" },
    { ...own, imageSize: 32, fit: "crop" as const },
    { ...own, channels: 1 as const, augment: "crop-flip" as const },
  ];
  const runs = owns.map((own) =>
    fakeRun({ ...STUDY, data: { ...STUDY.data, own } })
  );
  assert.equal(comparableRuns(runs).length, owns.length);
  const ends = runs.map(({ record }) =>
    describeSettings(record).replace(/.*, stop after 10, /, "")
  );
  assert.deepEqual(ends, [
    "content 0123456789",
    "content f",
    "content 0123456789, 32 pixels (crop)",
    "content 0123456789, grey, crop-flip",
  ]);
});

Deno.test("listRuns() skips folders without a run and requires an existing root", async () => {
  const root = await Deno.makeTempDir();
  try {
    const [id] = await writeRuns(root, [fakeRun(STUDY)]);
    await Deno.mkdir(join(root, "half"));
    const foreign = join(root, "other");
    await Deno.mkdir(foreign);
    await Deno.writeTextFile(join(foreign, "run.json"), '{"id": "r"}');
    const reasons: string[] = [];
    const onDamaged = (reason: string) => reasons.push(reason);
    const runs = await listRuns(root, onDamaged);
    assert.equal(reasons.length, 1);
    assert.match(
      reasons[0],
      /other\/run\.json: [a-z]+ is missing: it must be /,
    );
    await assert.rejects(listRuns(root), { message: reasons[0] });
    assert.deepEqual(runs.map(({ record }) => record.id), [id]);
    await assert.rejects(findRun(foreign), {
      name: "BadInput",
      message: `${join(foreign, "run.json")}: spec is missing: ` +
        "it must be an object",
    });
    await assert.rejects(listRuns(join(root, "none")), {
      name: "BadInput",
      message: /^Cannot look for runs in .*none: it is not a folder$/,
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
