import assert from "node:assert/strict";
import { layerRecords } from "../../lib/models/layer_records.ts";
import { shallownet } from "../../lib/models/shallownet.ts";
import { stream } from "../../lib/random.ts";

Deno.test("layerRecords() describes layers by their stock classes", () => {
  const random = stream(1, "init");
  const size = { height: 28, width: 28, channels: 1, classes: 10 };
  const model = shallownet({ ...size, random });
  const records = layerRecords(model);
  assert.deepEqual(records.slice(0, 3), [
    {
      layer: "images",
      kind: "InputLayer",
      output: "28 × 28 × 1",
      parameters: 0,
    },
    {
      layer: "conv1",
      kind: "Conv2D",
      output: "28 × 28 × 32",
      parameters: 9 * 32 + 32,
    },
    {
      layer: "bn1",
      kind: "BatchNormalization",
      output: "28 × 28 × 32",
      parameters: 64,
    },
  ]);
  assert.deepEqual(records.at(-1), {
    layer: "logits",
    kind: "Dense",
    output: "10",
    parameters: 1290,
  });
  model.dispose();
});
