import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { buildModel } from "../../lib/models/build.ts";
import type { ModelName } from "../../lib/models/model_name.ts";
import { stream } from "../../lib/random.ts";

/** Small networks; the others consist of the same parts. */
const NAMES: readonly ModelName[] = ["mlp", "lenet", "shallownet", "resnet8"];

function built(name: ModelName, size: number, channels: number, classes = 7) {
  return buildModel(name, {
    height: size,
    width: size,
    channels,
    classes,
    random: stream(1, name),
  });
}

Deno.test("networks accept grey and colour images and any number of classes", () => {
  for (const name of NAMES) {
    for (const [size, channels] of [[28, 1], [32, 3]] as const) {
      const model = built(name, size, channels);
      assert.deepEqual(model.inputs[0].shape, [null, size, size, channels]);
      assert.deepEqual(model.outputs[0].shape, [null, 7], name);
      model.dispose();
    }
  }
});

Deno.test("no network learns a temperature or any other scalar", () => {
  for (const name of NAMES) {
    const model = built(name, 16, 3);
    for (const { name: weight, shape } of model.trainableWeights) {
      assert(tf.util.sizeFromShape(shape as number[]) > 1, weight);
    }
    model.dispose();
  }
});

Deno.test("resnet18 starts with small images at full size", () => {
  const model = built("resnet18", 32, 3);
  const first = model.layers.find(({ name }) => /conv/.test(name))!;
  assert.deepEqual(first.outputShape, [null, 32, 32, 64]);
  assert(
    !model.layers.some((layer) =>
      /pooling2d/i.test(layer.getClassName()) &&
      !/global/i.test(layer.getClassName())
    ),
  );
  model.dispose();
});
