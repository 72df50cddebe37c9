import assert from "node:assert/strict";
import { join } from "node:path";
import { tf } from "../../../lib/engine/engine.ts";
import { buildModel } from "../../../lib/models/build.ts";
import { torchWeights } from "../../../lib/models/import_weights.ts";
import type { ModelName } from "../../../lib/models/model_name.ts";
import { readLogits } from "../../../lib/files/npy.ts";
import { readLabels } from "../../../lib/files/read_labels.ts";
import { readJson } from "../../../lib/files/read_json.ts";
import { IMPORT_FILE } from "../../../lib/runs/imported_model.ts";
import {
  encodeSafeTensors,
  type NamedArray,
} from "../../../lib/files/safetensors.ts";
import { stream } from "../../../lib/random.ts";
import { ils, ilsJson, inFolder, listing } from "../program.ts";

const COLOUR = { height: 32, width: 32, channels: 3, classes: 10 };
const GREY = { height: 28, width: 28, channels: 1, classes: 10 };

Deno.test("ils import-weights converts a complete resnet18", () =>
  inFolder(async (cwd) => {
    const state = await writeState(cwd, "resnet18", COLOUR);
    const args = "import-weights --from F.safetensors --model resnet18 --out O";
    const record = await ilsJson(args.split(" "), { cwd });
    assert.equal(record.parameters, 11_173_962);
    const model = await tf.loadLayersModel(`file://${cwd}/O/model/model.json`);
    const weight = (layer: string, i: number) =>
      model.getLayer(layer).getWeights()[i].dataSync();
    const source = state["layer4.0.conv1.weight"].data;
    const imported = weight("stage4_block1_conv1", 0);
    // Index into [512, 256, 3, 3]: output 7, input 5, row 2, column 1.
    const [o, i, y, x] = [7, 5, 2, 1];
    assert.equal(
      imported[((y * 3 + x) * 256 + i) * 512 + o],
      source[((o * 256 + i) * 3 + y) * 3 + x],
    );
    const variance = state["layer2.0.shortcut.1.running_var"].data;
    assert.deepEqual(weight("stage2_block1_projection_bn", 3), variance);
    assert.equal(weight("logits", 0)[1], state["linear.weight"].data[512]);
    model.dispose();
  }));

Deno.test("ils import-weights --dataset writes logits for evaluate and targets", () =>
  inFolder(async (cwd) => {
    await writeState(cwd, "mlp", GREY);
    const from = "import-weights --from F.safetensors --model mlp";
    const own = `${from} --dataset excerpt --train --out O`.split(" ");
    const { rows } = await ilsJson(own, { cwd });
    assert.deepEqual(rows, { val: 200, test: 200, train: 1000 });
    const indices = await readLabels(join(cwd, "O/indices-val.npy"));
    const train = await readLogits(join(cwd, "O/logits-train.npy"));
    const val = await readLogits(join(cwd, "O/logits-val.npy"));
    const start = indices[0] * 10;
    assert.deepEqual(
      [...val.data.subarray(0, 10)].map((z) => z.toFixed(3)),
      [...train.data.subarray(start, start + 10)].map((z) => z.toFixed(3)),
    );
    const files = (part: string) =>
      `--logits O/logits-${part}.npy --labels O/labels-${part}.npy`;
    const evaluate = `evaluate ${files("test")}`.split(" ");
    assert.equal((await ilsJson(evaluate, { cwd })).n, 200);
    const targets = `targets ${files("train")} --method ils --epsilon 0.1`;
    const made = await ils([...targets.split(" "), "--out", "T.npy"], { cwd });
    assert.equal(made.code, 0, made.stderr);

    // Another normalisation gives other inputs.
    const more = "--mean 0.5 --std 0.5 --out P".split(" ");
    const other = [...from.split(" "), "--dataset", "excerpt", ...more];
    await ilsJson(other, { cwd });
    const shifted = await readLogits(join(cwd, "P/logits-val.npy"));
    assert.notDeepEqual(shifted.data, val.data);
    const about = await readJson(join(cwd, "P/import.json"), IMPORT_FILE);
    assert.deepEqual(about.normalisation, {
      mean: [0.5],
      std: [0.5],
    });
  }));

const SIZE = "--image-size 28 --channels 1";

/** The first value of each weight, with which a model is no use. */
const UNUSABLE: readonly [ModelName, number, string, RegExp][] = [
  [
    "mlp",
    NaN,
    SIZE,
    /^Cannot import F\.safetensors as weights must be finite: value 0 of .* NaN/,
  ],
  [
    "resnet18",
    -1,
    SIZE,
    /as variances must be at least 0: value 0 of \S+\.running_var is -1\n$/,
  ],
  [
    "mlp",
    3e38,
    "--dataset excerpt",
    /^Cannot write logits-val\.npy as logits must be finite: image 0 of the part, class \d \(from 0\) has \S+; the weights are too large or damaged\n$/,
  ],
];

Deno.test("ils import-weights refuses input that does not fit and writes nothing", () =>
  inFolder(async (cwd) => {
    await writeState(cwd, "mlp", GREY);
    const before = listing(cwd);
    const wrong: [string, RegExp][] = [
      ["--model lenet", /10 classes: conv1\.weight \[6, 3, 5, 5\] is missing;/],
      [
        "--model mlp",
        /into mlp for images of 32 x 32 x 3 and 10 classes: fc1\.weight is \[256, 784\] but must be \[256, 3072\]\n$/,
      ],
      [
        "--model mlp --dataset excerpt --classes 9",
        /^--dataset determines images and classes: leave out --classes/,
      ],
      ["--model mlp --mean 1 --std 1", /^--mean needs --dataset/],
      [
        "--model mlp --dataset excerpt --mean 1",
        /^--mean and --std need each other/,
      ],
      ["--model mlp --fit crop", /^--fit needs --dataset/],
      [
        "--model mlp --dataset excerpt --mean 1,2 --std 1,2",
        /^--mean must be a list of 1 numbers, one per channel: .* 1,2\n$/,
      ],
    ];
    for (const [flags, message] of wrong) {
      const from = ["import-weights", "--from", "F.safetensors"];
      const args = [...from, ...flags.split(" "), "--out", "O"];
      const { code, stderr } = await ils(args, { cwd });
      assert.equal(code, 2, flags + stderr);
      assert.match(stderr, message);
    }
    for (const [model, first, flags, message] of UNUSABLE) {
      await writeState(cwd, model, GREY, first);
      const args = `--from F.safetensors --model ${model} --out O ${flags}`;
      const broken = await ils(["import-weights", ...args.split(" ")], { cwd });
      assert.equal(broken.code, 2);
      assert.match(broken.stderr, message);
    }
    await writeState(cwd, "mlp", GREY);
    await Deno.writeTextFile(join(cwd, "W.pth"), "PK");
    const torch = "import-weights --from W.pth --model mlp --out O".split(" ");
    const refused = await ils(torch, { cwd });
    assert.equal(refused.code, 2);
    assert.match(
      refused.stderr,
      /^Cannot read W\.pth: it is a file of PyTorch; load it in Python and save/,
    );
    await Deno.remove(join(cwd, "W.pth"));
    const absent = "import-weights --from G --model mlp --out O".split(" ");
    const { code, stderr } = await ils(absent, { cwd });
    assert.deepEqual([code, stderr], [
      2,
      "Cannot read G: there is no such file\n",
    ]);
    assert.deepEqual(listing(cwd), before);
  }));

Deno.test("ils import-weights says which prefix it removed", () =>
  inFolder(async (cwd) => {
    const state = await writeState(cwd, "mlp", GREY);
    const arrays = Object.fromEntries(
      Object.entries(state).map((
        [name, array],
      ) => [`_orig_mod.${name}`, array]),
    );
    const bytes = encodeSafeTensors({ arrays, metadata: {} });
    await Deno.writeFile(join(cwd, "F.safetensors"), bytes);
    const args = "import-weights --from F.safetensors --model mlp --out O " +
      "--image-size 28 --channels 1";
    const { remarks } = await ilsJson(args.split(" "), { cwd });
    assert.deepEqual(remarks, [
      "F.safetensors: the prefix _orig_mod. of all names is removed",
    ]);
  }));

/** Writes `F.safetensors` with uniform weights under names of PyTorch. */
async function writeState(
  folder: string,
  name: ModelName,
  size: typeof COLOUR,
  first?: number,
): Promise<Record<string, NamedArray>> {
  const model = buildModel(name, { ...size, random: null });
  const random = stream(1, "state");
  const state = Object.fromEntries(
    torchWeights(model, () => false).map(({ name, shape }) => {
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
      const fanIn = shape.slice(1).reduce((a, b) => a * b, 1);
      const scale = Math.sqrt(3 / fanIn);
      const least = name.endsWith("running_var") ? 0 : -1;
      data.forEach((_, i) =>
        data[i] = (least + (1 - least) * random.uniform()) * scale
      );
      if (first !== undefined) data[0] = first;
      return [named(name, model), { shape, data }] as const;
    }),
  );
  model.dispose();
  const bytes = encodeSafeTensors({ arrays: state, metadata: {} });
  await Deno.writeFile(join(folder, "F.safetensors"), bytes);
  return state;
}

/** The last of mlp's dense layers is `fc3`, not `linear`. */
function named(name: string, { name: model }: tf.LayersModel): string {
  return model === "mlp" ? name.replace("linear", "fc3") : name;
}
