import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { buildModel } from "../../lib/models/build.ts";
import type { ModelName } from "../../lib/models/model_name.ts";
import { stream } from "../../lib/random.ts";
import { assertAllClose } from "../training/all_close.ts";
import { draw } from "../training/torch_reference.ts";

const SIZE = { height: 16, width: 16, channels: 3, classes: 10 };
const OWN = /Fused|Seeded|Stochastic/;

interface SavedModel {
  readonly modelTopology: {
    readonly config: { readonly layers: readonly { class_name: string }[] };
  };
  readonly weightsManifest: readonly {
    readonly weights: readonly { name: string }[];
  }[];
}

/** One fast network of each family. */
const NAMES = [
  ...["mlp", "lenet", "shallownet", "resnet8", "resnet20"],
  ...["resnet110-sd", "densenet40"],
] as const satisfies ModelName[];

for (const name of NAMES) {
  Deno.test(`a saved ${name} opens as stock layers with the same logits`, async () => {
    const folder = await Deno.makeTempDir();
    const random = stream(1, "init");
    const model = buildModel(name, { ...SIZE, random });
    const images = draw(1, [4, 16, 16, 3], 2);
    // A training pass moves the running statistics off 0 and 1.
    tf.dispose(model.apply(images, { training: true }) as tf.Tensor);
    try {
      await model.save(`file://${folder}`);
      const opened = await tf.loadLayersModel(`file://${folder}/model.json`);
      for (const layer of opened.layers) {
        assert.doesNotMatch(layer.constructor.name, OWN);
      }
      assert.doesNotMatch(JSON.stringify(opened.getConfig()), OWN);
      assertAllClose(logits(opened, images), logits(model, images), 1e-5);
      opened.dispose();
    } finally {
      model.dispose();
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("a saved shallownet names stock classes and its layers' weights", async () => {
  const folder = await Deno.makeTempDir();
  // The second model of a process: TensorFlow.js numbers its variables.
  const models = [1, 2].map((seed) =>
    buildModel("shallownet", { ...SIZE, random: stream(seed, "init") })
  );
  try {
    await models[1].save(`file://${folder}`);
    const text = await Deno.readTextFile(`${folder}/model.json`);
    const saved = JSON.parse(text) as SavedModel;
    const classes = saved.modelTopology.config.layers
      .map(({ class_name }) => class_name);
    assert.deepEqual([...new Set(classes)], [
      "InputLayer",
      "Conv2D",
      "BatchNormalization",
      "MaxPooling2D",
      "ReLU",
      "Flatten",
      "Dense",
      "Dropout",
    ]);
    const names = saved.weightsManifest[0].weights.map(({ name }) => name);
    assert.equal(names[0], "conv1/kernel");
    assert.ok(names.includes("bn4/moving_variance"));
    assert.ok(names.every((name) => /^[a-z]+\d?\/[a-z_]+$/.test(name)));
  } finally {
    models.forEach((model) => model.dispose());
    await Deno.remove(folder, { recursive: true });
  }
});

function logits(model: tf.LayersModel, images: tf.Tensor): Float32Array {
  return tf.tidy(() => {
    const output = model.apply(images, { training: false }) as tf.Tensor;
    return output.dataSync() as Float32Array;
  });
}
