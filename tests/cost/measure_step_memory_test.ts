import assert from "node:assert/strict";
import { engineInfo } from "../../lib/engine/engine.ts";
import { buildModel } from "../../lib/models/build.ts";
import { estimateStepMemory } from "../../lib/cost/step_memory.ts";
import { measureStepMemory } from "../../lib/cost/measure_step_memory.ts";

const SIZE = { height: 32, width: 32, channels: 3, classes: 10 };

// A GPU's libraries take more of the host's memory than the network.
Deno.test({
  name: "measureStepMemory() differs from the estimate by less than a quarter",
  ignore: engineInfo().device === "gpu",
  async fn() {
    for (const [name, batch] of [["resnet8", 32], ["resnet20", 128]] as const) {
      const model = buildModel(name, { ...SIZE, random: null });
      const estimate = estimateStepMemory(model, batch);
      model.dispose();
      const measured = await measureStepMemory({
        model: name,
        size: SIZE,
        batch,
      });
      const ratio = measured / estimate;
      assert.ok(Math.abs(ratio - 1) < 0.25, `${name}: ${ratio}`);
    }
  },
});

Deno.test("estimateStepMemory() counts weights seven times and three quarters of the outputs", () => {
  const size = { height: 16, width: 16, channels: 1, classes: 10 };
  const model = buildModel("mlp", { ...size, random: null });
  const weights = 256 * 256 + 256 + 256 * 128 + 128 + 128 * 10 + 10;
  // images, flatten, two dense layers with ReLU, logits
  const outputs = 256 + 256 + 2 * 256 + 2 * 128 + 10;
  assert.equal(
    estimateStepMemory(model, 7),
    4.4e8 + 4 * (7 * weights + 0.75 * 7 * outputs),
  );
  model.dispose();
});
