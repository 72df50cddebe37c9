/**
 * One training step of a small network of each family, compared with PyTorch from
 * the same weights; see tests/fixtures/architectures_reference.py.
 */
import type { tf } from "../../lib/engine/engine.ts";
import { denseNetwork } from "../../lib/models/densenet.ts";
import {
  importWeights,
  type TorchWeight,
  torchWeights,
} from "../../lib/models/import_weights.ts";
import { inceptionNetwork } from "../../lib/models/inception_v4.ts";
import { lenet } from "../../lib/models/lenet.ts";
import { mlp } from "../../lib/models/mlp.ts";
import { residualNetwork } from "../../lib/models/resnet.ts";
import { wideNetwork } from "../../lib/models/wide_resnet.ts";
import {
  decodeSafeTensors,
  type NamedArray,
} from "../../lib/files/safetensors.ts";
import { assertAllClose } from "../training/all_close.ts";
import { draw } from "../training/torch_reference.ts";
import {
  assertSameMoves,
  CLASSES,
  sampled,
  trainOneStep,
} from "./training_step.ts";

const FILE = "architectures_reference.safetensors";
const { arrays, metadata } = decodeSafeTensors(
  Deno.readFileSync(new URL(`../fixtures/${FILE}`, import.meta.url)),
  FILE,
);
const BATCH = 8;
const SAMPLED = 211;

/** 14 pixels halve to 7: strides over even and odd sides. */
const SMALL = { height: 14, width: 14, channels: 3 };
const REST = { classes: CLASSES, random: null };
const BASIC = [{ filters: 8, blocks: 2 }, { filters: 16, blocks: 2 }];
const NARROW = [{ filters: 4, blocks: 2 }, { filters: 8, blocks: 2 }];

const NETWORKS: Readonly<Record<string, () => tf.LayersModel>> = {
  basic: () =>
    residualNetwork(
      "basic",
      { block: "basic", stem: 8, stages: BASIC },
      { ...SMALL, ...REST },
    ),
  bottleneck: () =>
    residualNetwork(
      "bottleneck",
      { block: "bottleneck", stem: 8, stages: NARROW },
      { ...SMALL, ...REST },
    ),
  // Without a seed it keeps every block in training.
  stochastic: () =>
    residualNetwork(
      "stochastic",
      { block: "basic", stem: 8, stages: BASIC, lastSurvival: 0.5 },
      { ...SMALL, ...REST },
    ),
  wide: () =>
    wideNetwork("wide", { depth: 16, widen: 2 }, { ...SMALL, ...REST }),
  dense: () =>
    denseNetwork(
      "dense",
      { growth: 4, stem: 8, blocks: [2, 3] },
      { ...SMALL, ...REST },
    ),
  inception: () =>
    inceptionNetwork(
      "inception",
      { blocks: [1, 1, 1], width: 1 / 16, dropout: 0 },
      { height: 16, width: 16, channels: 3, ...REST },
    ),
  lenet: () => lenet({ height: 28, width: 28, channels: 1, ...REST }),
  mlp: () =>
    mlp({ height: 8, width: 8, channels: 3, hidden: [24, 12], ...REST }),
};

for (const [name, build] of Object.entries(NETWORKS)) {
  Deno.test(`a small network of the family ${name} trains one step as in PyTorch`, () => {
    const expected = (what: string) => arrays[`${name}/${what}`].data;
    const model = build();
    const names = metadata[name].split(",");
    const weights = fillFromTorch(model, names);
    const samples = () => weights.map((weight) => sampleOf(weight));
    const before = samples();
    const [, height, width, channels] = model.inputs[0].shape as number[];
    const images = draw(1000, [BATCH, height, width, channels], 2);
    const { loss, logits } = trainOneStep(model, images);
    assertAllClose(logits, expected("logits"), 1e-4, "logits");
    assertAllClose(loss, expected("loss"), 1e-5, "loss");
    const moves = samples().map((after, i) => (
      { what: names[i], before: before[i], after }
    ));
    assertSameMoves(moves, expected("weights"));
    const evaluated = model.apply(images, { training: false }) as tf.Tensor;
    assertAllClose(
      evaluated.dataSync(),
      expected("evaluated"),
      5e-4,
      "logits in evaluation",
    );
    model.dispose();
  });
}

/** Imports weights drawn as in the script; returns them in the order of `names`. */
function fillFromTorch(
  model: tf.LayersModel,
  names: readonly string[],
): TorchWeight[] {
  const all = torchWeights(model, (name) => names.includes(name));
  const state: Record<string, NamedArray> = {};
  for (const { name, shape, part } of all) {
    const i = names.indexOf(name);
    const fanIn = shape.slice(1).reduce((a, b) => a * b, 1);
    const start = part === "gamma" || part === "moving_variance" ? 1 : 0;
    const scale = shape.length > 1 ? Math.sqrt(3 / fanIn) : 0.5;
    const values = i < 0
      ? new Float32Array(shape[0])
      : draw(i + 1, shape, scale).dataSync() as Float32Array;
    state[name] = { shape, data: values.map((value) => value + start) };
  }
  importWeights(model, state, "a state");
  return names.map((name) => all.find((weight) => weight.name === name)!);
}

/** Some of the current numbers of a weight. */
function sampleOf({ layer, part }: TorchWeight): number[] {
  const variable = layer.weights
    .find(({ originalName }) => originalName.endsWith(`/${part}`))!;
  return sampled(variable.read().dataSync(), SAMPLED);
}
