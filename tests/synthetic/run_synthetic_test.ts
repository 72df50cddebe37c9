import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import {
  runSynthetic,
  type SyntheticOptions,
  type SyntheticProgress,
} from "../../lib/synthetic/run_synthetic.ts";
import { syntheticSpec } from "../../lib/synthetic/spec.ts";
import type { DatasetRecord } from "../../lib/synthetic/store.ts";
import { startWorker } from "../../lib/synthetic/worker_process.ts";
import { inFolder, listing } from "../cli/program.ts";
import { children, ended } from "../processes.ts";

/** A data set takes about 20 ms once its worker has started. */
const SPEC = {
  ...syntheticSpec({
    trainPerClass: 10,
    testPerClass: 20,
    hiddenLayers: 1,
    batchSize: null,
    methods: ["bayes", "ce"],
  }),
  experiment: "table-v",
} as const;

// An engine that other tests loaded leaves its settings in the environment; a
// worker that inherits them logs to standard error.
for (const name of ["TF_CPP_MIN_LOG_LEVEL", "TF_ENABLE_ONEDNN_OPTS"]) {
  Deno.env.delete(name);
}

const timeless = (records: readonly DatasetRecord[]) =>
  records.map(({ seconds: _, ...record }) => record);

function mtimes(folder: string): Record<string, number> {
  const files = Object.keys(listing(folder)).sort();
  return Object.fromEntries(
    files.map((
      path,
    ) => [basename(path), Deno.statSync(path).mtime!.getTime()]),
  );
}

Deno.test("one and two workers give the same records, which are stored and not recomputed", () =>
  inFolder(async (root) => {
    const run = async (more: Partial<SyntheticOptions>) => {
      const reports: SyntheticProgress[] = [];
      const onProgress = (progress: SyntheticProgress) =>
        reports.push(progress);
      const options = { datasets: 3, root, onProgress, ...more };
      return { ...await runSynthetic(SPEC, options), reports };
    };
    const one = await run({ folder: join(root, "one"), workers: 1 });
    const two = await run({ folder: join(root, "two"), workers: 2 });
    assert.deepEqual(one.records.map(({ dataset }) => dataset), [0, 1, 2]);
    assert.deepEqual(timeless(two.records), timeless(one.records));
    const losses = one.records.map(({ result }) => result.rows[1].logLoss);
    assert.equal(new Set(losses).size, 3, "every data set differs");
    for (const { reports, records, secondsPerDataset } of [one, two]) {
      assert.deepEqual(
        reports.map(({ done, total }) => `${done} of ${total}`),
        ["0 of 3", "1 of 3", "2 of 3", "3 of 3"],
      );
      const [first, second, , last] = reports.map((one) => one.secondsLeft);
      assert(Number.isNaN(first) && second > 0 && last === 0);
      const parallel = reports === one.reports ? 1 : 2;
      const seconds = records.reduce((sum, { seconds }) => sum + seconds, 0);
      assert.equal(secondsPerDataset, seconds / 3 / parallel);
    }

    const before = mtimes(one.folder);
    assert.deepEqual(Object.keys(before), [
      ...["dataset-000.json", "dataset-001.json", "dataset-002.json"],
      "spec.json",
    ]);
    const again = await run({ folder: one.folder, workers: 1 });
    assert.deepEqual(again.records, one.records);
    assert.deepEqual(again.reports, [{ done: 3, total: 3, secondsLeft: 0 }]);
    const more = await run({
      folder: one.folder,
      workers: 1,
      first: 2,
      datasets: 2,
    });
    assert.deepEqual(more.records[0], one.records[2]);
    assert.equal(more.records[1].dataset, 3);
    assert.deepEqual(more.reports.map(({ done }) => done), [1, 2]);
    const { "dataset-003.json": added, ...rest } = mtimes(one.folder);
    assert.deepEqual(rest, before);
    assert(added > 0);
    assert.deepEqual(children(), []);
  }));

Deno.test("a data set with a damaged file is reported and recomputed", () =>
  inFolder(async (root) => {
    const folder = join(root, "kept");
    const options = { datasets: 2, root, folder, workers: 1 };
    const complete = await runSynthetic(SPEC, options);
    const path = join(folder, "dataset-001.json");
    const text = Deno.readTextFileSync(path);
    await Deno.writeTextFile(path, text.slice(0, 100));
    const fault = `${path}: it is cut short`;
    await assert.rejects(runSynthetic(SPEC, options), new BadInput(fault));
    const reasons: string[] = [];
    const onDamaged = (reason: string) => reasons.push(reason);
    const again = await runSynthetic(SPEC, { ...options, onDamaged });
    assert.deepEqual(reasons, [fault]);
    assert.deepEqual(timeless(again.records), timeless(complete.records));
    assert.deepEqual(
      (await runSynthetic(SPEC, options)).records,
      again.records,
    );
  }));

Deno.test("an aborted run throws the reason, keeps complete files and leaves no process", () =>
  inFolder(async (root) => {
    const control = new AbortController();
    const reason = new Error("enough");
    const run = runSynthetic(SPEC, {
      datasets: 200,
      workers: 2,
      root,
      signal: control.signal,
      onProgress: ({ done }) => {
        if (done === 2) control.abort(reason);
      },
    });
    await assert.rejects(run, (error) => error === reason);
    assert.deepEqual(children(), []);
    const kept = Object.keys(listing(root)).map((path) => basename(path));
    const records = kept.filter((name) => name.startsWith("dataset-"));
    // One more may just have been written.
    assert(2 <= records.length && records.length <= 3, String(records));
    assert.deepEqual(kept.filter((name) => name.includes("partial")), []);
    const [folder] = Object.keys(listing(root));
    for (const name of records) {
      const { result } = JSON.parse(Deno.readTextFileSync(join(folder, name)));
      assert.equal(result.rows.length, 4);
    }
  }));

Deno.test("a run aborted before its start does nothing", () =>
  inFolder(async (root) => {
    const reason = new Error("not today");
    const reports: number[] = [];
    await assert.rejects(
      runSynthetic(SPEC, {
        datasets: 2,
        root,
        signal: AbortSignal.abort(reason),
        onProgress: ({ done }) => reports.push(done),
      }),
      (error) => error === reason,
    );
    assert.deepEqual(reports, [0]);
    assert.deepEqual(listing(root), {});
    assert.deepEqual(children(), []);
  }));

Deno.test("a failed task is reported with its data set's number", () =>
  inFolder(async (root) => {
    const strange = { ...SPEC, batchSize: 0 };
    await assert.rejects(
      runSynthetic(strange, { datasets: 3, first: 4, workers: 1, root }),
      /^Error: Data set 4: Cannot train a stack as batchSize must be /,
    );
    assert.deepEqual(listing(root), {});
    assert.deepEqual(children(), []);
  }));

Deno.test("a killed worker is reported with its data set's number", async () => {
  const worker = startWorker();
  try {
    const [process, ...others] = children();
    assert.deepEqual(others, []);
    const running = worker.run({ spec: SPEC, dataset: 5 });
    Deno.kill(process, "SIGKILL");
    await assert.rejects(
      running,
      new Error("The process for data set 5 ended with SIGKILL"),
    );
  } finally {
    await worker.end();
  }
  assert.deepEqual(children(), []);
});

Deno.test("a worker that ended before its task is reported with its data set's number", async () => {
  const worker = startWorker();
  try {
    const [process] = children();
    Deno.kill(process, "SIGKILL");
    await ended(process);
    await assert.rejects(
      worker.run({ spec: SPEC, dataset: 6 }),
      new Error("The process for data set 6 ended with SIGKILL"),
    );
  } finally {
    await worker.end();
  }
});

Deno.test("runSynthetic() refuses invalid numbers before it does anything", () =>
  inFolder(async (root) => {
    const wrong: [Partial<SyntheticOptions>, RegExp][] = [
      [{ datasets: 0 }, /^Data sets must be a whole number of at least 1/],
      [{ first: -1 }, /^First data set must be a whole number of at least 0/],
      [{ workers: 1.5 }, /^Workers must be a whole number of at least 1/],
    ];
    for (const [options, message] of wrong) {
      await assert.rejects(
        runSynthetic(SPEC, { datasets: 1, root, ...options }),
        (error) => error instanceof BadInput && message.test(error.message),
      );
    }
    assert.deepEqual(listing(root), {});
  }));
