import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deviceImages } from "../../lib/data/device_images.ts";
import { tf } from "../../lib/engine/engine.ts";
import { readJson } from "../../lib/files/read_json.ts";
import { exportRun, MODEL_INFORMATION } from "../../lib/runs/export.ts";
import type { RunRecord } from "../../lib/runs/record.ts";
import type { StoredRun } from "../../lib/runs/store.ts";
import { buildModel } from "../../lib/models/build.ts";
import type { ModelName } from "../../lib/models/model_name.ts";
import { stream } from "../../lib/random.ts";
import { predict } from "../../lib/training/predict.ts";
import { assertAllClose } from "../training/all_close.ts";
import { inFolder } from "../cli/program.ts";

const STOCK = fileURLToPath(new URL("./stock_tfjs.ts", import.meta.url));
const SIZE = { height: 28, width: 28, channels: 1 };
const NORMALISATION = { mean: [0.286], std: [0.353] };
const CLASS_NAMES = Array.from({ length: 10 }, (_, k) => `class ${k}`);
const BATCH = 3;
const PIXELS = pixels(BATCH * 28 * 28);

for (const name of ["lenet", "shallownet", "resnet8"] as const) {
  Deno.test(`an exported ${name} has the same logits in stock TensorFlow.js`, () =>
    inFolder(async (root) => {
      const { run, logits } = await makeRun(name, join(root, "run"));
      await exportRun(run, join(root, "out"));
      const answer = await predictElsewhere(join(root, "out"));
      assert.equal(answer.backend, "cpu");
      assert.deepEqual(answer.classes, CLASS_NAMES);
      assertAllClose(answer.logits, logits, 1e-4);
      assert.ok(Math.max(...logits.map(Math.abs)) > 0.1);
    }));
}

Deno.test("exportRun() writes shards of at most 4 MiB and about.json", () =>
  inFolder(async (root) => {
    const { run } = await makeRun("resnet18", join(root, "run"));
    const files = await exportRun(run, join(root, "out"));
    // 11,172,810 trainable weights and 2 x 4800 running statistics.
    const bytes = 4 * (11_172_810 + 2 * 4800);
    const shards = Object.entries(files)
      .filter(([name]) => name.startsWith("group1"));
    assert.equal(shards.length, Math.ceil(bytes / 2 ** 22));
    assert.equal(shards.reduce((sum, [, size]) => sum + size, 0), bytes);
    assert.ok(shards.every(([, size]) => size <= 2 ** 22));
    const path = join(root, "out", "about.json");
    assert.deepEqual(await readJson(path, MODEL_INFORMATION), {
      run: "a-run",
      model: "resnet18",
      dataset: "fashionmnist",
      input: [null, 28, 28, 1],
      normalisation: {
        formula: "(pixel / 255 - mean) / std",
        unit: 255,
        ...NORMALISATION,
      },
      classNames: CLASS_NAMES,
      temperature: 1.5,
      temperatureAtBound: false,
    });
  }));

Deno.test("exportRun() distinguishes numbers from pixels and marks a temperature at its bound", () =>
  inFolder(async (root) => {
    const { run: { folder, record } } = await makeRun("lenet", join(root, "r"));
    const test = {
      ...record.test,
      calibrated: [{
        ...record.test.calibrated[0],
        parameters: { temperature: 0.05 },
        atBound: true,
      }],
    };
    const run = { folder, record: { ...record, unit: 1, test } };
    await exportRun(run, join(root, "out"));
    const text = await Deno.readTextFile(join(root, "out", "about.json"));
    const { normalisation, ...about } = JSON.parse(text);
    assert.deepEqual(normalisation, {
      formula: "(value - mean) / std",
      unit: 1,
      ...NORMALISATION,
    });
    assert.deepEqual(
      [about.temperature, about.temperatureAtBound],
      [0.05, true],
    );
  }));

Deno.test("exportRun() refuses a run without a model and a folder in use", () =>
  inFolder(async (root) => {
    const { run } = await makeRun("lenet", join(root, "run"));
    const elsewhere = { ...run, folder: join(root, "elsewhere") };
    await assert.rejects(exportRun(elsewhere, join(root, "out")), {
      name: "BadInput",
      message: /^Cannot read .*model\.json: there is no such file$/,
    });
    await assert.rejects(exportRun(run, run.folder), {
      name: "BadInput",
      message: /must be new or empty: it contains model$/,
    });
  }));

Deno.test("exportRun() refuses weights that are cut short", () =>
  inFolder(async (root) => {
    const { run } = await makeRun("lenet", join(root, "run"));
    await Deno.truncate(join(run.folder, "model", "weights.bin"), 100);
    await assert.rejects(
      exportRun(run, join(root, "out")),
      /model: its weights have 100 bytes, but model.json needs 246824$/,
    );
    assert.deepEqual([...Deno.readDirSync(root)].map(({ name }) => name), [
      "run",
    ]);
  }));

Deno.test("exportRun() names what is wrong with a model.json", () =>
  inFolder(async (root) => {
    const { run } = await makeRun("lenet", join(root, "run"));
    const path = join(run.folder, "model", "model.json");
    const complete = JSON.parse(await Deno.readTextFile(path));
    const [group] = complete.weightsManifest;
    const damage: [content: unknown, fault: string][] = [
      [[], "it must be an object: found a list"],
      [
        { ...complete, modelTopology: 1 },
        "modelTopology must be an object: found 1",
      ],
      [
        { ...complete, weightsManifest: [{ ...group, paths: ["../a.bin"] }] },
        "weightsManifest[0].paths[0] must be the name of a file without its " +
        'folder: found "../a.bin"',
      ],
    ];
    for (const [content, fault] of damage) {
      await Deno.writeTextFile(path, JSON.stringify(content));
      await assert.rejects(exportRun(run, join(root, "out")), {
        name: "BadInput",
        message: `${path}: ${fault}`,
      });
    }
  }));

/**
 * Makes a run whose model has initial weights and updated running statistics.
 */
async function makeRun(name: ModelName, folder: string) {
  const random = stream(1, "init");
  const model = buildModel(name, { ...SIZE, classes: 10, random });
  const images = deviceImages({ images: PIXELS, ...SIZE, ...NORMALISATION });
  tf.tidy(() => {
    const indices = tf.range(0, BATCH, 1, "int32");
    model.apply(images.gather(indices), { training: true });
  });
  const logits = predict(model, images).data;
  await Deno.mkdir(folder);
  await model.save(`file://${join(folder, "model")}`);
  images.dispose();
  model.dispose();
  const record = {
    id: "a-run",
    spec: { model: name, data: { dataset: "fashionmnist" } },
    classNames: CLASS_NAMES,
    ...NORMALISATION,
    test: {
      calibrated: [{ by: "temperature", parameters: { temperature: 1.5 } }],
    },
  } as unknown as RunRecord;
  return { run: { folder, record } satisfies StoredRun, logits };
}

async function predictElsewhere(folder: string) {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      const name = new URL(request.url).pathname.slice(1);
      return new Response(await Deno.readFile(join(folder, name)));
    },
  );
  const { port } = server.addr;
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--quiet",
      "--no-check",
      STOCK,
      `http://127.0.0.1:${port}`,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  const question = { pixels: [...PIXELS], batch: BATCH };
  await writer.write(new TextEncoder().encode(JSON.stringify(question)));
  await writer.close();
  const { code, stdout, stderr } = await process.output();
  await server.shutdown();
  const text = new TextDecoder();
  assert.equal(code, 0, text.decode(stderr));
  return JSON.parse(text.decode(stdout)) as {
    readonly backend: string;
    readonly classes: readonly string[];
    readonly logits: readonly number[];
  };
}

function pixels(count: number): Uint8Array {
  const random = stream(1, "pixels");
  return Uint8Array.from({ length: count }, () => random.integer(256));
}
