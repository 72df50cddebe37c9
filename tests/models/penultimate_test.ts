import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { buildModel } from "../../lib/models/build.ts";
import { denseNetwork } from "../../lib/models/densenet.ts";
import { inceptionNetwork } from "../../lib/models/inception_v4.ts";
import { lenet } from "../../lib/models/lenet.ts";
import { mlp } from "../../lib/models/mlp.ts";
import { MODEL_NAMES, type ModelName } from "../../lib/models/model_name.ts";
import { penultimateModel } from "../../lib/models/penultimate.ts";
import { residualNetwork } from "../../lib/models/resnet.ts";
import { shallownet } from "../../lib/models/shallownet.ts";
import { wideNetwork } from "../../lib/models/wide_resnet.ts";
import { stream } from "../../lib/random.ts";
import { assertAllClose } from "../training/all_close.ts";
import { draw } from "../training/torch_reference.ts";
import { logitsOfFeatures } from "./last_layer.ts";

const BATCH = 4;
const CLASSES = 5;
const random = stream(1, "init");
const SMALL = { height: 16, width: 16, channels: 3, classes: CLASSES, random };
const STAGES = [{ filters: 4, blocks: 1 }, { filters: 8, blocks: 1 }];

/** A small network of each family and its number of features. */
const NETWORKS: Record<string, [features: number, () => tf.LayersModel]> = {
  mlp: [12, () => mlp({ ...SMALL, hidden: [24, 12] })],
  lenet: [84, () => lenet(SMALL)],
  shallownet: [128, () => shallownet(SMALL)],
  basic: [8, () =>
    residualNetwork(
      "basic",
      { block: "basic", stem: 4, stages: STAGES },
      SMALL,
    )],
  bottleneck: [4 * 8, () =>
    residualNetwork(
      "bottleneck",
      { block: "bottleneck", stem: 4, stages: STAGES },
      SMALL,
    )],
  "stochastic depth": [8, () =>
    residualNetwork(
      "depth",
      { block: "basic", stem: 4, stages: STAGES, lastSurvival: 0.5 },
      SMALL,
    )],
  // 8 maps and two layers of 4, halved; three more layers.
  dense: [
    (8 + 2 * 4) / 2 + 3 * 4,
    () => denseNetwork("dense", { growth: 4, stem: 8, blocks: [2, 3] }, SMALL),
  ],
  inception: [1536 / 16, () =>
    inceptionNetwork(
      "inception",
      { blocks: [1, 1, 1], width: 1 / 16, dropout: 0.5 },
      SMALL,
    )],
  wide: [64 * 2, () => wideNetwork("wide", { depth: 10, widen: 2 }, SMALL)],
};

for (const [name, [count, build]] of Object.entries(NETWORKS)) {
  Deno.test(`the last layer makes the logits of ${count} features of a small ${name} network`, () => {
    const model = build();
    const before = tf.memory().numTensors;
    const features = penultimateModel(model);
    tf.tidy(() => {
      const images = draw(1, [BATCH, 16, 16, 3], 2);
      // A training pass moves the running statistics off 0 and 1.
      model.apply(images, { training: true });
      const apply = (network: tf.LayersModel) =>
        (network.apply(images, { training: false }) as tf.Tensor)
          .dataSync<"float32">();
      const data = apply(features);
      assert.equal(data.length, BATCH * count);
      const logits = apply(model);
      assert.ok(new Set(logits).size === BATCH * CLASSES, "no two are equal");
      assertAllClose(
        logitsOfFeatures(model, { data, rows: BATCH, columns: count }),
        logits,
        1e-5,
      );
    });
    assert.equal(tf.memory().numTensors, before);
    model.dispose();
  });
}

/** Units of the layer before the logits. */
const FEATURES: Record<ModelName, number> = {
  mlp: 128,
  lenet: 84,
  shallownet: 128,
  resnet8: 64,
  resnet20: 64,
  resnet18: 512,
  resnet50: 4 * 512,
  resnet110: 64,
  resnet152: 4 * 512,
  "resnet110-sd": 64,
  "resnet152-sd": 64,
  // Blocks of six layers that add 12 maps each: 24, 96 / 2, 120 / 2, 132.
  densenet40: 132,
  densenet161: 2208,
  inceptionv4: 1536,
  "wrn34-10": 640,
};

Deno.test("every architecture has penultimate features", () => {
  const before = tf.memory().numTensors;
  for (const name of MODEL_NAMES) {
    const size = { height: 28, width: 28, channels: 1, classes: 10 };
    const model = buildModel(name, { ...size, random: null });
    const { outputShape } = penultimateModel(model);
    assert.deepEqual(outputShape, [null, FEATURES[name]], name);
    model.dispose();
  }
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("penultimateModel() refuses a network whose last layer is not dense", () => {
  const input = tf.input({ shape: [3] });
  const output = tf.layers.reLU().apply(input) as tf.SymbolicTensor;
  const model = tf.model({ name: "toy", inputs: input, outputs: output });
  assert.throws(() => penultimateModel(model), {
    name: "BadInput",
    message: "Cannot find the penultimate features of toy: its last layer " +
      "must be Dense, but is ReLU",
  });
  model.dispose();
});
