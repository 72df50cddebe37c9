import assert from "node:assert/strict";
import { buildModel } from "../../lib/models/build.ts";
import { MODEL_NAMES } from "../../lib/models/model_name.ts";
import { torchNames } from "../../lib/models/torch_names.ts";

Deno.test("torchNames() lists the names of common PyTorch code, and ours last", () => {
  const names: Record<string, string[]> = {
    conv1: [],
    stage2_block1_conv2: ["layer2.0.conv2", "block2.layer.0.conv2"],
    stage10_block36_bn1: ["layer10.35.bn1", "block10.layer.35.bn1"],
    stage2_block1_projection: [
      "layer2.0.shortcut.0",
      "layer2.0.downsample.0",
      "block2.layer.0.convShortcut",
    ],
    stage2_block1_projection_bn: [
      "layer2.0.shortcut.1",
      "layer2.0.downsample.1",
    ],
    block1_layer12_conv1: ["block1.layer.11.conv1"],
    transition2_conv: ["trans2.conv1"],
    transition2_bn: ["trans2.bn1"],
    bn_last: ["bn1"],
    bn4: ["fcbn1"],
    dense2: ["fc2"],
    logits: ["linear", "fc", "fc3", "fc2"],
    reduction_a_short1_conv: [],
  };
  for (const [layer, theirs] of Object.entries(names)) {
    assert.deepEqual(torchNames(layer), [...theirs, layer]);
  }
});

Deno.test("torchNames() never gives two layers of a network the same name", () => {
  for (const name of MODEL_NAMES) {
    const size = { height: 16, width: 16, channels: 3, classes: 10 };
    const model = buildModel(name, { ...size, random: null });
    const owners = new Map<string, string>();
    for (const { name, weights } of model.layers) {
      if (weights.length === 0) continue;
      const [likeliest] = torchNames(name);
      assert.equal(owners.get(likeliest), undefined, likeliest);
      owners.set(likeliest, name);
    }
    model.dispose();
  }
});
