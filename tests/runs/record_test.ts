import assert from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import { METRIC_NAMES } from "../../lib/calibration/metrics.ts";
import { evaluateRun } from "../../lib/runs/evaluate.ts";
import { openRun } from "../../lib/runs/open.ts";
import { isComplete, readRecord } from "../../lib/runs/record.ts";
import { runScores } from "../../lib/runs/scores.ts";
import { methodRows } from "../../lib/study/method_rows.ts";
import { fakeRun, STUDY, writeRuns } from "./fake_runs.ts";

/** The `run.json` of an earlier version, from before files had a schema. */
const OLD = Deno.readTextFileSync(
  new URL("../fixtures/run_schema_1.json", import.meta.url),
);

/** Calls a test with a folder whose `run.json` has this text. */
async function withRecord(
  text: string,
  test: (folder: string, path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "run.json");
  try {
    await Deno.writeTextFile(path, text);
    await test(folder, path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a record without a schema is converted on reading, its file kept", () =>
  withRecord(OLD, async (folder, path) => {
    const { validation, test, ...about } = JSON.parse(OLD);
    const { temperature, temperatureAtBound, scaled, ...plain } = test;
    const record = await readRecord(folder);
    assert.deepEqual(record, {
      schema: 2,
      ...about,
      validation: { plain: validation, calibrated: [] },
      test: {
        plain,
        calibrated: [{
          by: "temperature",
          parameters: { temperature },
          atBound: temperatureAtBound,
          metrics: scaled,
        }],
      },
    });
    assert.equal(await Deno.readTextFile(path), OLD);
    assert.deepEqual(Object.keys(record!.test.plain), Object.keys(plain));
  }));

Deno.test("a converted record is unchanged after writing and reading", () =>
  withRecord(OLD, async (folder, path) => {
    const record = await readRecord(folder);
    await Deno.writeTextFile(path, JSON.stringify(record));
    assert.deepEqual(await readRecord(folder), record);
  }));

Deno.test("keys that older runs lack are optional", async () => {
  const { device: _, unit: __, test, ...rest } = JSON.parse(OLD);
  const { temperatureAtBound: ___, ...older } = test;
  await withRecord(
    JSON.stringify({ ...rest, test: older }),
    async (folder) => {
      const record = (await readRecord(folder))!;
      assert(!("device" in record) && !("unit" in record));
      assert(!("atBound" in record.test.calibrated[0]));
    },
  );
});

Deno.test("metrics and calibrators that this version does not know are dropped", async () => {
  const { record } = fakeRun(STUDY);
  const [scaled] = record.test.calibrated;
  const newer = {
    ...record,
    test: {
      plain: { ...record.test.plain, newMetric: 1 },
      calibrated: [{ ...scaled, by: "newCalibrator" }, scaled],
    },
  };
  await withRecord(JSON.stringify(newer), async (folder) => {
    assert.deepEqual((await openRun(folder))?.record, record);
  });
});

for (
  const [name, lacking] of Object.entries({
    "a metric": (file: Evaluated) => {
      delete file.test.adaptiveEce;
      delete file.test.scaled!.adaptiveEce;
    },
    "a metric of the validation part": (file: Evaluated) => {
      delete file.validation.brier;
    },
    "temperature scaling": (file: Evaluated) => {
      delete file.test.temperature;
      delete file.test.scaled;
    },
  })
) {
  Deno.test(`a record that lacks ${name} is evaluated from its logits`, async () => {
    const root = await Deno.makeTempDir();
    try {
      const [id] = await writeRuns(root, [fakeRun(STUDY)]);
      const folder = join(root, id);
      const file = JSON.parse(OLD);
      lacking(file);
      const text = JSON.stringify(file);
      await Deno.writeTextFile(join(folder, "run.json"), text);
      assert(!isComplete((await readRecord(folder))!));
      const run = (await openRun(folder))!;
      assert(isComplete(run.record));
      assert.deepEqual(run.record.test, await evaluateRun({ folder }, 10));
      const [row] = await methodRows([run], { bins: 10 });
      for (const scores of [...await runScores(run, 10), row]) {
        for (const name of METRIC_NAMES) {
          assert(Number.isFinite(scores[name]), name);
        }
      }
      assert.equal(await Deno.readTextFile(join(folder, "run.json")), text);
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  });
}

/** The numbers in a file without a schema. */
interface Evaluated {
  readonly validation: Record<string, number>;
  readonly test: Record<string, unknown> & {
    temperature?: number;
    scaled?: Record<string, number>;
  };
}

Deno.test("a record that lacks a metric is refused if its logits are missing", async () => {
  const file = JSON.parse(OLD);
  delete file.test.mce;
  await withRecord(
    JSON.stringify(file),
    (folder) =>
      assert.rejects(openRun(folder), {
        name: "BadInput",
        message: /^Cannot read .*logits-val\.npy/,
      }),
  );
});

const file = JSON.parse(OLD);
const DAMAGED: readonly (readonly [string, string])[] = [
  ["null", "it must be an object: found null"],
  ["{}", "id is missing: it must be text"],
  ['{"id": "r"}', "spec is missing: it must be an object"],
  ['{"id":', "it is cut short"],
  [JSON.stringify({ ...file, schema: 3 }), "schema must be 2: found 3"],
  [
    JSON.stringify({ ...file, test: { ...file.test, ece: "0.1" } }),
    'test.ece must be a number: found "0.1"',
  ],
  [
    JSON.stringify({ ...file, spec: { ...file.spec, training: {} } }),
    "spec.training.optimizer is missing: it must be one of " +
    '"sgd", "adam"',
  ],
  [
    JSON.stringify({ ...file, schema: 2 }),
    "validation.plain is missing: it must be an object",
  ],
];

for (const [text, fault] of DAMAGED) {
  Deno.test(`a damaged record is refused in one line: ${fault}`, () =>
    withRecord(
      text,
      (folder, path) =>
        assert.rejects(openRun(folder), new BadInput(`${path}: ${fault}`)),
    ));
}
