import assert from "node:assert/strict";
import { join } from "node:path";
import { loadDataset } from "../../lib/data/dataset.ts";
import { tf } from "../../lib/engine/engine.ts";
import { writeNpy } from "../../lib/files/npy.ts";
import { takeRows } from "../../lib/matrix.ts";
import { buildModel } from "../../lib/models/build.ts";
import type { ModelName } from "../../lib/models/model_name.ts";
import { stream } from "../../lib/random.ts";
import { takePart } from "../../lib/runs/data.ts";
import { ensureRun } from "../../lib/runs/ensure.ts";
import { penultimateFeatures } from "../../lib/runs/features.ts";
import type { RunRecord } from "../../lib/runs/record.ts";
import { openStoredModel } from "../../lib/runs/stored_model.ts";
import {
  type Part,
  readRunLogits,
  type StoredRun,
} from "../../lib/runs/store.ts";
import { predict } from "../../lib/training/predict.ts";
import { inFolder } from "../cli/program.ts";
import { logitsOfFeatures } from "../models/last_layer.ts";
import { assertAllClose } from "../training/all_close.ts";
import { TINY } from "./specs.ts";

/** Folder of this file's runs, so that one is trained for several tests. */
const root = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => {
  Deno.removeSync(root, { recursive: true });
});
const excerpt = await loadDataset("excerpt");

/** Checks that the features of a part give its stored logits. */
async function assertLogits(run: StoredRun, part: Part) {
  const stored = await readRunLogits(run, part);
  const features = await penultimateFeatures(run, part);
  assert.equal(features.rows, stored.rows);
  const model = await openStoredModel(run);
  const logits = logitsOfFeatures(model, features);
  model.dispose();
  assertAllClose(logits, stored.data, 1e-4, `logits of ${part}`);
}

Deno.test("the last layer makes the stored logits of a run's features, in every part", async () => {
  const spec = {
    ...TINY,
    data: {
      ...TINY.data,
      holdOut: { folds: 3, fold: 1, seed: 1 },
      noise: { kind: "even", rate: 0.2, seed: 3 } as const,
    },
  };
  const run = await ensureRun(spec, { root });
  const before = tf.memory().numTensors;
  for (const part of ["train", "val", "test", "held"] as const) {
    await assertLogits(run, part);
  }
  assert.equal(tf.memory().numTensors, before);
});

/** Networks of each family that are small enough for a test. */
const NAMES = [
  ...["mlp", "shallownet", "resnet8", "resnet20"],
  ...["resnet110-sd", "densenet40"],
] as const satisfies ModelName[];

for (const name of NAMES) {
  Deno.test(`the last layer makes the stored logits of the features of a ${name}`, () =>
    inFolder(async (folder) => {
      const run = await storedRun(name, folder);
      await assertLogits(run, "val");
      await assertLogits(run, "test");
    }));
}

/** Writes a run with initial weights and updated running statistics. */
async function storedRun(model: ModelName, folder: string): Promise<StoredRun> {
  const { height, width, channels, mean, std, classNames } = excerpt;
  const size = { height, width, channels, classes: classNames.length };
  const network = buildModel(model, { ...size, random: stream(1, "init") });
  const parts = {
    val: takePart(excerpt, excerpt.train, Int32Array.of(3, 14, 15, 92)),
    test: takePart(excerpt, excerpt.test, Int32Array.of(6, 53, 58)),
  };
  tf.tidy(() => {
    const rows = tf.range(0, 4, 1, "int32");
    network.apply(parts.val.images.gather(rows), { training: true });
  });
  for (const [part, { images, indices }] of Object.entries(parts)) {
    const { data, rows, columns } = predict(network, images);
    const logits = { data, shape: [rows, columns] };
    await writeNpy(join(folder, `logits-${part}.npy`), logits);
    const own = { data: indices, shape: [rows] };
    await writeNpy(join(folder, `indices-${part}.npy`), own);
    images.dispose();
  }
  await network.save(`file://${join(folder, "model")}`);
  network.dispose();
  const spec = { ...TINY, model };
  const record = { spec, classNames, mean, std } as unknown as RunRecord;
  return { folder, record };
}

Deno.test("penultimateFeatures() returns the chosen rows in their order", async () => {
  const run = await ensureRun(TINY, { root });
  const all = await penultimateFeatures(run, "test");
  assert.deepEqual([all.rows, all.columns], [200, 84]);
  const rows = [7, 0, 7, 199];
  const some = await penultimateFeatures(run, "test", { rows });
  assert.deepEqual([some.rows, some.columns], [4, 84]);
  assertAllClose(some.data, takeRows(all, rows).data, 1e-5);
});

Deno.test("penultimateFeatures() needs rows of the part", async () => {
  const run = await ensureRun(TINY, { root });
  for (const row of [-1, 0.5, 200, NaN]) {
    await assert.rejects(
      penultimateFeatures(run, "test", { rows: [0, row] }),
      {
        name: "BadInput",
        message: "Cannot compute features as rows must be in [0, 199]: " +
          `current value is ${row}`,
      },
    );
  }
  await assert.rejects(penultimateFeatures(run, "test", { rows: [] }), {
    name: "BadInput",
    message: "Cannot compute features of no rows",
  });
});

Deno.test("openStoredModel() refuses the files of another network", () =>
  inFolder(async (folder) => {
    const { record } = await storedRun("mlp", folder);
    const before = tf.memory().numTensors;
    const cases: [Partial<RunRecord>, string][] = [
      [
        { spec: { ...TINY, model: "resnet8" } },
        "as resnet8: its weight conv1/kernel must have shape [3, 3, 1, 16], " +
        "but is missing",
      ],
      [
        { classNames: ["a", "b"] },
        "as mlp: its weight logits/kernel must have shape [128, 2], but has " +
        "[128, 10]",
      ],
    ];
    for (const [change, fault] of cases) {
      await assert.rejects(
        openStoredModel({ folder, record: { ...record, ...change } }),
        {
          name: "BadInput",
          message: `Cannot open the network in ${
            join(folder, "model")
          } ${fault}`,
        },
      );
    }
    await Deno.truncate(join(folder, "model", "weights.bin"), 100);
    await assert.rejects(
      penultimateFeatures({ folder, record }, "test"),
      /^BadInput: Cannot read the network in .*model: its weights have 100 /,
    );
    await Deno.remove(join(folder, "model", "model.json"));
    await assert.rejects(
      penultimateFeatures({ folder, record }, "test"),
      /^BadInput: Cannot read .*model\.json: there is no such file$/,
    );
    assert.equal(tf.memory().numTensors, before);
  }));
