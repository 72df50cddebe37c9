import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { buildModel } from "../../lib/models/build.ts";
import { countTrainable } from "../../lib/models/layer_records.ts";
import {
  checkModelName,
  MODEL_NAMES,
  type ModelName,
} from "../../lib/models/model_name.ts";
import { stream } from "../../lib/random.ts";
import { weightsOf } from "./weights_of.ts";

const COLOUR = { height: 32, width: 32, channels: 3 };
const GREY = { height: 28, width: 28, channels: 1 };

const dense = (inputs: number, units: number) => inputs * units + units;
const convolution = (size: number, inputs: number, filters: number) =>
  size * size * inputs * filters;
const norm = (channels: number) => 2 * channels;
const block = (inputs: number, filters: number) =>
  convolution(3, inputs, filters) + norm(filters) +
  convolution(3, filters, filters) + norm(filters) +
  (inputs === filters ? 0 : convolution(1, inputs, filters) + norm(filters));
const stem = (filters: number) => convolution(3, 3, filters) + norm(filters);
/** A bottleneck block; the first of a stage projects its input. */
const bottleneck = (inputs: number, filters: number) =>
  convolution(1, inputs, filters) + norm(filters) +
  convolution(3, filters, filters) + norm(filters) +
  convolution(1, filters, 4 * filters) + norm(4 * filters) +
  (inputs === 4 * filters
    ? 0
    : convolution(1, inputs, 4 * filters) + norm(4 * filters));
/** `n` basic or bottleneck blocks, of which the first may change the shape. */
const stage = (
  kind: typeof block,
  inputs: number,
  filters: number,
  n: number,
) =>
  kind(inputs, filters) +
  (n - 1) * kind(kind === block ? filters : 4 * filters, filters);
/** 6n + 2 layers of 16, 32 and 64 filters. */
const smallNet = (n: number) =>
  stem(16) + stage(block, 16, 16, n) + stage(block, 16, 32, n) +
  stage(block, 32, 64, n) + dense(64, 10);
const bottleneckNet = ([a, b, c, d]: number[]) =>
  stem(64) + stage(bottleneck, 64, 64, a) + stage(bottleneck, 256, 128, b) +
  stage(bottleneck, 512, 256, c) + stage(bottleneck, 1024, 512, d) +
  dense(2048, 10);
/** Normalisation before each convolution, and a projection if it widens. */
const wide = (inputs: number, filters: number) =>
  norm(inputs) + convolution(3, inputs, filters) +
  norm(filters) + convolution(3, filters, filters) +
  (inputs === filters ? 0 : convolution(1, inputs, filters));
/** Dense blocks that grow by `growth`, with feature maps halved in between. */
function denseNet(growth: number, blocks: readonly number[]): number {
  let maps = 2 * growth;
  let sum = convolution(3, 3, maps);
  blocks.forEach((layers, b) => {
    if (b > 0) {
      sum += norm(maps) + convolution(1, maps, maps / 2);
      maps /= 2;
    }
    for (let i = 0; i < layers; i++, maps += growth) {
      sum += norm(maps) + convolution(1, maps, 4 * growth) +
        norm(4 * growth) + convolution(3, 4 * growth, growth);
    }
  });
  return sum + norm(maps) + dense(maps, 10);
}

/** Weights and biases layer by layer, for 10 classes of 32 x 32 x 3. */
const PARAMETERS: Record<ModelName, [sum: number, total: number]> = {
  mlp: [
    dense(32 * 32 * 3, 256) + dense(256, 128) + dense(128, 10),
    820_874,
  ],
  // 32 - 4 = 28, halved 14, 14 - 4 = 10, halved 5
  lenet: [
    convolution(5, 3, 6) + 6 + convolution(5, 6, 16) + 16 +
    dense(5 * 5 * 16, 120) + dense(120, 84) + dense(84, 10),
    62_006,
  ],
  // halved three times, 32 becomes 4
  shallownet: [
    convolution(3, 3, 32) + 32 + norm(32) +
    convolution(3, 32, 64) + 64 + norm(64) +
    convolution(3, 64, 128) + 128 + norm(128) +
    dense(4 * 4 * 128, 128) + norm(128) + dense(128, 10),
    357_514,
  ],
  resnet8: [
    stem(16) + block(16, 16) + block(16, 32) + block(32, 64) + dense(64, 10),
    78_042,
  ],
  resnet20: [
    stem(16) + 3 * block(16, 16) + block(16, 32) + 2 * block(32, 32) +
    block(32, 64) + 2 * block(64, 64) + dense(64, 10),
    272_474,
  ],
  resnet18: [
    stem(64) + 2 * block(64, 64) + block(64, 128) + block(128, 128) +
    block(128, 256) + block(256, 256) + block(256, 512) + block(512, 512) +
    dense(512, 10),
    11_173_962,
  ],
  resnet50: [bottleneckNet([3, 4, 6, 3]), 23_520_842],
  resnet110: [smallNet(18), 1_730_714],
  resnet152: [bottleneckNet([3, 8, 36, 3]), 58_156_618],
  "resnet110-sd": [smallNet(18), 1_730_714],
  "resnet152-sd": [smallNet(25), 2_411_226],
  densenet40: [denseNet(12, [6, 6, 6]), 176_122],
  densenet161: [denseNet(48, [6, 12, 36, 24]), 26_482_378],
  // The published network for 1000 classes of large images has 42,679,816.
  inceptionv4: [42_679_816 - dense(1536, 1000) + dense(1536, 10), 41_158_186],
  "wrn34-10": [
    convolution(3, 3, 16) + wide(16, 160) + 4 * wide(160, 160) +
    wide(160, 320) + 4 * wide(320, 320) + wide(320, 640) + 4 * wide(640, 640) +
    norm(640) + dense(640, 10),
    46_160_474,
  ],
};

for (const name of MODEL_NAMES) {
  const [sum, total] = PARAMETERS[name];

  Deno.test(`${name} has ${total} trainable weights for 32x32x3`, () => {
    assert.equal(sum, total);
    const before = tf.memory().numTensors;
    const model = buildModel(name, { ...COLOUR, classes: 10, random: null });
    assert.equal(countTrainable(model), total);
    model.dispose();
    assert.equal(tf.memory().numTensors, before);
  });
}

// The others consist of the same parts; torch_architectures_test.ts runs a small
// network of each family.
const SMALL = MODEL_NAMES.filter((name) => PARAMETERS[name][1] < 2e6);

for (const name of SMALL) {
  Deno.test(`${name} returns a row of logits for each image of 28x28x1`, () => {
    const model = build(name, GREY);
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const images = tf.ones([2, 28, 28, 1]);
      for (const training of [false, true]) {
        const logits = model.apply(images, { training }) as tf.Tensor;
        assert.deepEqual(logits.shape, [2, 10]);
        assert.ok(logits.dataSync().every(Number.isFinite));
      }
    });
    assert.equal(tf.memory().numTensors, before);
    model.dispose();
  });
}

Deno.test("buildModel() draws the same weights from the same seed and others from another", () => {
  const weights = (name: ModelName, seed: number) => {
    const model = build(name, GREY, seed);
    const found = weightsOf(model);
    model.dispose();
    return found;
  };
  for (const name of ["lenet", "shallownet", "resnet8"] as const) {
    assert.deepEqual(weights(name, 1), weights(name, 1));
    assert.notEqual(weights(name, 1)[0], weights(name, 2)[0]);
  }
});

Deno.test("buildModel() gives layers the same names each time", () => {
  const names = () => build("resnet8", GREY).layers.map(({ name }) => name);
  assert.deepEqual(names(), names());
  assert.ok(names().includes("stage2_block1_projection"));
});

Deno.test("checkModelName() lists the known architectures", () => {
  assert.equal(checkModelName("lenet"), "lenet");
  assert.throws(() => checkModelName("toString"), {
    name: "BadInput",
    message: `Model must be one of ${MODEL_NAMES.join(", ")}: ` +
      "current value is toString",
  });
});

function build(name: ModelName, size: typeof COLOUR, seed = 1) {
  const random = stream(seed, "init");
  return buildModel(name, { ...size, classes: 10, random });
}
