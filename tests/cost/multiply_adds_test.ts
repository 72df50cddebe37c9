import assert from "node:assert/strict";
import { buildModel } from "../../lib/models/build.ts";
import type { ModelName } from "../../lib/models/model_name.ts";
import { multiplyAdds } from "../../lib/cost/multiply_adds.ts";

const SIZE = { height: 32, width: 32, channels: 3, classes: 10 };

Deno.test("multiplyAdds() counts a kernel at each position of its output", () => {
  // Without padding 32 becomes 28, halved 14, 10, halved 5.
  assert.equal(
    countOf("lenet"),
    28 * 28 * (5 * 5 * 3 * 6) + 10 * 10 * (5 * 5 * 6 * 16) +
      5 * 5 * 16 * 120 + 120 * 84 + 84 * 10,
  );
  assert.equal(countOf("mlp"), 3072 * 256 + 256 * 128 + 128 * 10);
});

Deno.test("multiplyAdds() gives the usual numbers for ResNet-18 and WRN-34-10", () => {
  assert.equal((countOf("resnet18") / 1e9).toFixed(2), "0.56");
  assert.equal((countOf("wrn34-10") / 1e9).toFixed(2), "6.66");
});

function countOf(name: ModelName): number {
  const model = buildModel(name, { ...SIZE, random: null });
  const count = multiplyAdds(model);
  model.dispose();
  return count;
}
