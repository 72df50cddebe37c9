import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import {
  importWeights,
  torchWeights,
} from "../../lib/models/import_weights.ts";
import { mlp } from "../../lib/models/mlp.ts";
import { residualNetwork } from "../../lib/models/resnet.ts";
import type { NamedArray } from "../../lib/files/safetensors.ts";

const MLP = { height: 1, width: 2, channels: 2, classes: 2, random: null };

Deno.test("importWeights() transposes dense layers, after a flatten layer by channel", () => {
  const model = mlp({ ...MLP, hidden: [1] });
  importWeights(model, mlpState(), "x");
  const [kernel, bias, logits] = model.getWeights().map((w) => w.dataSync());
  // Channels first in PyTorch: pixels 1 2 of one channel, then 3 4.
  assert.deepEqual([...kernel], [1, 3, 2, 4]);
  assert.deepEqual([...bias], [5]);
  assert.deepEqual([...logits], [6, 7]);
  model.dispose();
});

Deno.test("importWeights() transposes convolutions from out, in, height, width", () => {
  const model = smallResnet();
  const before = tf.memory().numTensors;
  importWeights(model, stateOf(model), "x");
  assert.equal(tf.memory().numTensors, before);
  const layer = model.getLayer("stage2_block1_conv1");
  const kernel = layer.getWeights()[0].arraySync() as number[][][][];
  // [4, 2, 3, 3] in PyTorch: output 3, input 1, row 2, column 0.
  assert.equal(kernel[2][0][1][3], ((3 * 2 + 1) * 3 + 2) * 3 + 0);
  model.dispose();
});

for (
  const prefix of [
    ...["", "module.", "_orig_mod.", "model.", "net.", "backbone."],
    ...[
      "_orig_mod.module.",
      "module._orig_mod.model.",
      "state_dict.model.net.",
    ],
  ]
) {
  Deno.test(`importWeights() removes the prefix "${prefix}" of all names`, () => {
    const model = mlp({ ...MLP, hidden: [1] });
    const counter = { shape: [], data: Float32Array.of(9) };
    const state = {
      ...prefixed(prefix, mlpState()),
      // An average of a model counts its weights without the prefix.
      n_averaged: counter,
      [`${prefix}bn.num_batches_tracked`]: counter,
    };
    assert.equal(importWeights(model, state, "x"), prefix);
    assert.deepEqual([...model.getWeights()[1].dataSync()], [5]);
    model.dispose();
  });
}

Deno.test("importWeights() removes no prefix that not all names have", () => {
  const model = mlp({ ...MLP, hidden: [1] });
  const { "fc1.bias": bias, ...others } = mlpState();
  const state = { ...prefixed("model.", others), "head.fc1.bias": bias };
  assert.throws(
    () => importWeights(model, state, "x"),
    /fc1\.bias \[1\] is missing; .*; model\.fc1\.weight \[1, 4\] is not in/,
  );
  model.dispose();
});

Deno.test("importWeights() names mismatches without the prefix that fits best", () => {
  const model = mlp({ ...MLP, hidden: [1] });
  const { "fc1.bias": _, ...state } = mlpState();
  assert.throws(
    () => importWeights(model, prefixed("module.model.", state), "x"),
    /: fc1\.bias \[1\] is missing$/,
  );
  model.dispose();
});

Deno.test("importWeights() names every mismatch and leaves the model unchanged", () => {
  const model = mlp({ ...MLP, hidden: [1] });
  const { "fc1.bias": _, ...state } = mlpState();
  const wrong = {
    ...state,
    "fc2.weight": array([2, 3], [1, 2, 3, 4, 5, 6]),
    "norm.weight": array([1], [1]),
  };
  assert.throws(() => importWeights(model, wrong, "f.safetensors"), {
    name: "BadInput",
    message:
      "Cannot import weights from f.safetensors into mlp for images of " +
      "1 x 2 x 2 and 2 classes: fc1.bias [1] is missing; " +
      "fc2.weight is [2, 3] but must be [2, 1]; norm.weight [1] is not in the model",
  });
  const all = model.getWeights().flatMap((w) => [...w.dataSync()]);
  assert.ok(all.every((value) => value === 0));
  model.dispose();
});

Deno.test("importWeights() shows names of the model and of a foreign file", () => {
  const model = smallResnet();
  const foreign = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`encoder.${i}`, array([1], [i])]),
  );
  assert.throws(() => importWeights(model, foreign, "f"), ({ message }) => {
    assert.equal(message.match(/ is missing/g).length, 8);
    assert.equal(message.match(/encoder\.\d+ \[1\] is not in the/g).length, 4);
    return true;
  });
  model.dispose();
});

Deno.test("importWeights() counts the mismatches beyond the first twelve", () => {
  const model = smallResnet();
  const count = torchWeights(model, () => false).length;
  assert.throws(() => importWeights(model, {}, "f"), {
    message: new RegExp(`; ${count - 12} more$`),
  });
  model.dispose();
});

function array(shape: number[], values: number[]): NamedArray {
  return { shape, data: Float32Array.from(values) };
}

function prefixed(
  prefix: string,
  state: Record<string, NamedArray>,
): Record<string, NamedArray> {
  return Object.fromEntries(
    Object.entries(state).map(([name, array]) => [prefix + name, array]),
  );
}

function mlpState(): Record<string, NamedArray> {
  return {
    "fc1.weight": array([1, 4], [1, 2, 3, 4]),
    "fc1.bias": array([1], [5]),
    "fc2.weight": array([2, 1], [6, 7]),
    "fc2.bias": array([2], [8, 9]),
  };
}

function smallResnet(): tf.LayersModel {
  return residualNetwork("small", {
    block: "basic",
    stem: 2,
    stages: [{ filters: 2, blocks: 1 }, { filters: 4, blocks: 1 }],
  }, { height: 8, width: 8, channels: 3, classes: 10, random: null });
}

/** Every array of a model, filled with 0, 1, 2, … */
function stateOf(model: tf.LayersModel): Record<string, NamedArray> {
  return Object.fromEntries(
    torchWeights(model, () => false).map(({ name, shape }) => {
      const size = shape.reduce((a, b) => a * b, 1);
      const data = Float32Array.from({ length: size }, (_, i) => i);
      return [name, { shape, data }];
    }),
  );
}
