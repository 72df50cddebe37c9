import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { LOSS_NAMES, parseLoss } from "../../lib/training/loss_spec.ts";
import { openLoss } from "../../lib/training/open_loss.ts";
import { assertAllClose } from "./all_close.ts";

const LABELS = Int32Array.of(0, 1, 1, 0);
const { log } = Math;

for (const name of LOSS_NAMES.filter((name) => name !== "beta")) {
  Deno.test(`openLoss() of ${name} looks up labels by row, averages and leaves no tensors`, () => {
    const before = tf.memory().numTensors;
    const options = { labels: LABELS, classes: 2, seed: 1 };
    const { loss, dispose } = openLoss(parseLoss(name, {}), options);
    assert(typeof loss === "function");
    const at = (logits: number[][], rows: number[]) =>
      tf.tidy(() =>
        loss(tf.tensor2d(logits), tf.tensor1d(rows, "int32")).dataSync()[0]
      );
    // The labels have probabilities 3/4 and 1/10.
    const [a, b] = [[log(3), 0], [log(9), 0]];
    const alone = [at([a], [3]), at([b], [2])];
    assertAllClose([at([a, b], [3, 2])], [(alone[0] + alone[1]) / 2], 1e-6);
    assert(alone[0] < alone[1], `${alone}`);
    dispose();
    assert.equal(tf.memory().numTensors, before);
  });
}

Deno.test("openLoss() passes on the numbers of a spec", () => {
  const options = { labels: LABELS, classes: 2, seed: 1 };
  const at = (...spec: Parameters<typeof parseLoss>) => {
    const { loss, dispose } = openLoss(parseLoss(...spec), options);
    assert(typeof loss === "function");
    const value = tf.tidy(() =>
      loss(tf.tensor2d([[log(3), 0]]), tf.tensor1d([0], "int32")).dataSync()[0]
    );
    dispose();
    return value;
  };
  const plain = -log(0.75);
  const entropy = -0.75 * log(0.75) - 0.25 * log(0.25);
  assertAllClose(
    [
      at("focal", { focalGamma: 0 }),
      at("confidence-penalty", { penaltyWeight: 2 }),
      at("bootstrap-soft", { bootstrapBeta: 0 }),
      at("mbls", { mblsAlpha: 2, mblsMargin: 1 }),
    ],
    [plain, plain - 2 * entropy, entropy, plain + 2 * (log(3) - 1) / 2],
    1e-6,
  );
});
