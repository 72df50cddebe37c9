import assert from "node:assert/strict";
import { tf } from "../../lib/engine.ts";
import type { NetworkOptions } from "../../lib/models/network.ts";
import { resnet8 } from "../../lib/models/resnet.ts";
import { shallownet } from "../../lib/models/shallownet.ts";
import { stream } from "../../lib/random.ts";
import { crossEntropyLoss } from "../../lib/training/cross_entropy.ts";
import { sgd } from "../../lib/training/optimizer.ts";
import { assertAllClose } from "../training/all_close.ts";
import { draw, reference, SAMPLED } from "../training/torch_reference.ts";

const BATCH = 8;
const CLASSES = 10;

Deno.test("shallownet() without dropout steps as PyTorch's", () => {
  stepsAsTorch(
    "shallownet",
    { height: 28, width: 28, channels: 1 },
    (size) => shallownet({ ...size, dropout: 0 }),
  );
});

// 14 pixels halve to 7 and then to 4: strides over even and odd sides.
Deno.test("resnet8() steps as PyTorch's", () => {
  stepsAsTorch("resnet8", { height: 14, width: 14, channels: 3 }, resnet8);
});

type Size = Pick<NetworkOptions, "height" | "width" | "channels">;

function stepsAsTorch(
  name: string,
  size: Size,
  build: (options: NetworkOptions) => tf.LayersModel,
): void {
  const model = build({ ...size, classes: CLASSES, random: stream(1, "any") });
  const weights = model.trainableWeights
    .map((weight) => weight.read() as tf.Variable);
  weights.forEach(drawWeight);
  const before = weights.map((weight) => weight.dataSync().slice());
  const { height, width, channels } = size;
  const images = draw(1000, [BATCH, height, width, channels], 2);
  const { loss, logits } = step(model, weights, images);
  assertAllClose(logits, reference(`${name}/logits`), 1e-4, "logits");
  assertAllClose(loss, reference(`${name}/loss`), 1e-5, "loss");
  assertSameMoves(
    before,
    weights.map((weight) => weight.dataSync()),
    reference(`${name}/weights`),
  );
  const evaluated = model.apply(images, { training: false }) as tf.Tensor;
  assertAllClose(
    evaluated.dataSync(),
    reference(`${name}/evaluated`),
    5e-4,
    "logits in evaluation",
  );
  model.dispose();
}

/** The i-th weight's numbers, as the script draws them. */
function drawWeight(weight: tf.Variable, i: number): void {
  const { shape } = weight;
  const fanIn = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const gamma = weight.name.includes("/gamma") ? 1 : 0;
  weight.assign(
    shape.length > 1
      ? draw(i + 1, shape, Math.sqrt(3 / fanIn))
      : tf.add(draw(i + 1, shape, 0.5), gamma),
  );
}

/** One step of training; the loss and logits are those before it. */
function step(model: tf.LayersModel, weights: tf.Variable[], x: tf.Tensor) {
  const rows = tf.range(0, BATCH, 1, "int32");
  const targets = tf.oneHot(rows, CLASSES).toFloat() as tf.Tensor2D;
  const loss = crossEntropyLoss(targets);
  let logits = new Float32Array();
  const { value, grads } = tf.variableGrads(() => {
    const output = model.apply(x, { training: true }) as tf.Tensor2D;
    logits = output.dataSync().slice() as Float32Array<ArrayBuffer>;
    return loss(output, rows);
  }, weights);
  const optimizer = sgd(weights, { momentum: 0.9, weightDecay: 1e-4 });
  optimizer.step(weights.map(({ name }) => grads[name]), 0.1);
  return { loss: value.dataSync(), logits };
}

/** Compares by how much weights moved, as the step is small beside them. */
function assertSameMoves(
  before: readonly ArrayLike<number>[],
  after: readonly ArrayLike<number>[],
  expected: Float32Array,
): void {
  let at = 0;
  for (const [i, start] of before.entries()) {
    const moves: number[] = [];
    const expectedMoves: number[] = [];
    for (let k = 0; k < start.length; k += SAMPLED) {
      moves.push(after[i][k] - start[k]);
      expectedMoves.push(expected[at++] - start[k]);
    }
    const largest = Math.max(...expectedMoves.map(Math.abs));
    assert.ok(largest > 0, `weight ${i} moves`);
    const tolerance = 1e-3 * largest + 1e-6;
    assertAllClose(moves, expectedMoves, tolerance, `move of weight ${i}`);
  }
  assert.equal(at, expected.length);
}
