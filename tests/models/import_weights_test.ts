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

Deno.test("importWeights() turns dense layers, behind a flattening by channel", () => {
  const model = mlp({ ...MLP, hidden: [1] });
  importWeights(model, mlpState(), "x");
  const [kernel, bias, logits] = model.getWeights().map((w) => w.dataSync());
  // Channels first, one pixel of each after the other: 1 2 and 3 4.
  assert.deepEqual([...kernel], [1, 3, 2, 4]);
  assert.deepEqual([...bias], [5]);
  assert.deepEqual([...logits], [6, 7]);
  model.dispose();
});

Deno.test("importWeights() turns a convolution from out, in, height, width", () => {
  const model = smallResnet();
  const before = tf.memory().numTensors;
  importWeights(model, stateOf(model), "x");
  assert.equal(tf.memory().numTensors, before);
  const layer = model.getLayer("stage2_block1_conv1");
  const kernel = layer.getWeights()[0].arraySync() as number[][][][];
  // [4, 2, 3, 3] there: output 3, input 1, row 2, column 0.
  assert.equal(kernel[2][0][1][3], ((3 * 2 + 1) * 3 + 2) * 3 + 0);
  model.dispose();
});

Deno.test("importWeights() passes over counters and the name of data parallelism", () => {
  const model = mlp({ ...MLP, hidden: [1] });
  const counter = { shape: [], data: Float32Array.of(9) };
  const state = { ...mlpState(), "bn.num_batches_tracked": counter };
  const parallel = Object.fromEntries(
    Object.entries(state).map(([name, array]) => [`module.${name}`, array]),
  );
  importWeights(model, parallel, "x");
  assert.deepEqual([...model.getWeights()[1].dataSync()], [5]);
  model.dispose();
});

Deno.test("importWeights() names all that does not fit, and changes nothing", () => {
  const model = mlp({ ...MLP, hidden: [1] });
  const { "fc1.bias": _, ...state } = mlpState();
  const wrong = {
    ...state,
    "fc2.weight": array([2, 3], [1, 2, 3, 4, 5, 6]),
    "norm.weight": array([1], [1]),
  };
  assert.throws(() => importWeights(model, wrong, "f.safetensors"), {
    name: "BadInput",
    message: "Cannot take the weights of f.safetensors for mlp: " +
      "fc1.bias [1] is missing; fc2.weight is [2, 3], not [2, 1]; " +
      "norm.weight [1] has no place",
  });
  const all = model.getWeights().flatMap((w) => [...w.dataSync()]);
  assert.ok(all.every((value) => value === 0));
  model.dispose();
});

Deno.test("importWeights() counts what is too much to name", () => {
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
