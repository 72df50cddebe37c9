import { tf } from "../../lib/engine/engine.ts";
import type { NetworkOptions } from "../../lib/models/network.ts";
import { resnet8 } from "../../lib/models/resnet.ts";
import { shallownet } from "../../lib/models/shallownet.ts";
import { variablesOf } from "../../lib/models/variables_of.ts";
import { stream } from "../../lib/random.ts";
import { assertAllClose } from "../training/all_close.ts";
import { draw, reference, SAMPLED } from "../training/torch_reference.ts";
import {
  assertSameMoves,
  CLASSES,
  sampled,
  trainOneStep,
} from "./training_step.ts";

const BATCH = 8;

Deno.test("shallownet() without dropout trains one step as in PyTorch", () => {
  stepsAsTorch(
    "shallownet",
    { height: 28, width: 28, channels: 1 },
    (size) => shallownet({ ...size, dropout: 0 }),
  );
});

// 14 pixels halve to 7 and then to 4: strides over even and odd sides.
Deno.test("resnet8() trains one step as in PyTorch", () => {
  stepsAsTorch("resnet8", { height: 14, width: 14, channels: 3 }, resnet8);
});

type Size = Pick<NetworkOptions, "height" | "width" | "channels">;

function stepsAsTorch(
  name: string,
  size: Size,
  build: (options: NetworkOptions) => tf.LayersModel,
): void {
  const model = build({ ...size, classes: CLASSES, random: stream(1, "any") });
  const weights = variablesOf(model.trainableWeights);
  weights.forEach(drawWeight);
  const samples = () => weights.map((w) => sampled(w.dataSync(), SAMPLED));
  const before = samples();
  const { height, width, channels } = size;
  const images = draw(1000, [BATCH, height, width, channels], 2);
  const { loss, logits } = trainOneStep(model, images);
  assertAllClose(logits, reference(`${name}/logits`), 1e-4, "logits");
  assertAllClose(loss, reference(`${name}/loss`), 1e-5, "loss");
  const moves = samples().map((after, i) => (
    { what: weights[i].name, before: before[i], after }
  ));
  assertSameMoves(moves, reference(`${name}/weights`));
  const evaluated = model.apply(images, { training: false }) as tf.Tensor;
  assertAllClose(
    evaluated.dataSync(),
    reference(`${name}/evaluated`),
    5e-4,
    "logits in evaluation",
  );
  model.dispose();
}

/** Assigns the i-th weight numbers drawn as in the script. */
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
