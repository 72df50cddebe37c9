/** Tests of every loss on hard labels, per row. */
import assert from "node:assert/strict";
import { tf } from "../../../lib/engine/engine.ts";
import {
  brier,
  confidencePenalty,
  flsd53,
  focal,
  marginSmoothing,
  softBootstrap,
} from "../../../lib/training/losses/row_losses.ts";
import { assertAllClose } from "../all_close.ts";
import reference from "../../fixtures/losses_reference.json" with {
  type: "json",
};

type RowLoss = (logits: tf.Tensor2D, labels: tf.Tensor2D) => tf.Tensor1D;

const margin = (alpha: number, margin: number): RowLoss => (z, y) =>
  marginSmoothing(z, y, { alpha, margin });

/** Losses by their name in the reference. */
const LOSSES: Record<keyof typeof reference.losses, RowLoss> = {
  "focal, gamma 0": (z, y) => focal(z, y, 0),
  "focal, gamma 1": (z, y) => focal(z, y, 1),
  "focal, gamma 2.5": (z, y) => focal(z, y, 2.5),
  "focal, gamma 3": (z, y) => focal(z, y, 3),
  "flsd-53": flsd53,
  "mbls, alpha 0.1, margin 10": margin(0.1, 10),
  "mbls, alpha 0.5, margin 1": margin(0.5, 1),
  "confidence-penalty, weight 0.1": (z, y) => confidencePenalty(z, y, 0.1),
  "confidence-penalty, weight 2": (z, y) => confidencePenalty(z, y, 2),
  "brier": brier,
  "bootstrap-soft, beta 0.95": (z, y) => softBootstrap(z, y, 0.95),
  "bootstrap-soft, beta 0.3": (z, y) => softBootstrap(z, y, 0.3),
};

function oneHot(labels: readonly number[], classes: number): tf.Tensor2D {
  const indices = tf.tensor1d([...labels], "int32");
  return tf.oneHot(indices, classes).toFloat() as tf.Tensor2D;
}

/** Losses per row, and the gradient of their weighted sum. */
function rowsAndSlope(
  loss: RowLoss,
  logits: readonly (readonly number[])[],
  { labels, weights }: { labels: number[]; weights: number[] },
) {
  return tf.tidy(() => {
    const truth = oneHot(labels, logits[0].length);
    const z = tf.tensor2d(logits.map((row) => [...row]));
    const sum = (z: tf.Tensor) =>
      tf.sum(tf.mul(loss(z as tf.Tensor2D, truth), tf.tensor1d(weights)));
    return {
      rows: loss(z, truth).dataSync(),
      slope: tf.grad(sum)(z).dataSync(),
    };
  });
}

const names = Object.keys(LOSSES) as (keyof typeof LOSSES)[];
const { logits, labels } = reference;

for (const name of names) {
  Deno.test(`${name} has PyTorch's values and gradient for logits up to 200`, () => {
    const weights = labels.map(() => 1 / labels.length);
    const before = tf.memory().numTensors;
    const found = rowsAndSlope(LOSSES[name], logits, { labels, weights });
    assert.equal(tf.memory().numTensors, before, "tensors left behind");
    const { rows, gradient } = reference.losses[name];
    rows.forEach((row, i) => {
      const tolerance = 2e-6 * Math.max(1, Math.abs(row));
      assertAllClose([found.rows[i]], [row], tolerance, `row ${i}`);
    });
    assertAllClose(found.slope, gradient, 1e-6, "gradient");
  });

  Deno.test(`the gradient of ${name} matches finite differences`, () => {
    const logits = [[0.5, -1, 2], [0.1, 1.2, -0.3]];
    // Rows have different weights, so that a wrong upstream gradient shows.
    const options = { labels: [0, 1], weights: [1, -3] };
    const { slope } = rowsAndSlope(LOSSES[name], logits, options);
    const h = 1e-2;
    [0, 1].forEach((i) =>
      [0, 1, 2].forEach((k) => {
        const [above, below] = [h, -h].map((d) => {
          const moved = logits.map((row) => [...row]);
          moved[i][k] += d;
          const { rows } = rowsAndSlope(LOSSES[name], moved, options);
          return rows[0] - 3 * rows[1];
        });
        const expected = (above - below) / (2 * h);
        assertAllClose([slope[3 * i + k]], [expected], 1e-3, `${i} ${k}`);
      })
    );
  });

  Deno.test(`${name} is finite if a probability rounds to 1 or 0`, () => {
    const sure = [[1e4, 0, -1e4], [0, 1e4, 0], [20, 0, 0], [0, 0, 0]];
    const options = { labels: [0, 2, 0, 0], weights: [1, 1, 1, 1] };
    const { rows, slope } = rowsAndSlope(LOSSES[name], sure, options);
    assert(rows.every(Number.isFinite), `${rows}`);
    assert(slope.every(Number.isFinite), `${slope}`);
  });
}

const { log } = Math;
/** Logits with the probabilities 3/4 and 1/4. */
const THREE = [log(3), 0];
const ENTROPY = -0.75 * log(0.75) - 0.25 * log(0.25);

const WORKED: readonly [string, RowLoss, number[], number, number][] = [
  ["focal", (z, y) => focal(z, y, 2), THREE, 0, -(0.25 ** 2) * log(0.75)],
  ["focal", (z, y) => focal(z, y, 2), THREE, 1, -(0.75 ** 2) * log(0.25)],
  ["flsd-53 at 3/4", flsd53, THREE, 0, -(0.25 ** 3) * log(0.75)],
  ["flsd-53 at 1/10", flsd53, [0, log(9)], 0, -(0.9 ** 5) * log(0.1)],
  // 12 - 0 is 2 beyond the margin, 12 - 1 is 1 beyond it.
  [
    "mbls",
    margin(0.1, 10),
    [12, 0, 1],
    0,
    log(1 + Math.exp(-12) + Math.exp(-11)) + 0.1 * 3 / 3,
  ],
  ["mbls within the margin", margin(0.1, 10), THREE, 0, -log(0.75)],
  [
    "confidence-penalty",
    (z, y) => confidencePenalty(z, y, 0.5),
    THREE,
    0,
    -log(0.75) - 0.5 * ENTROPY,
  ],
  ["brier", brier, THREE, 0, 0.25 ** 2 + 0.25 ** 2],
  ["brier of the wrong class", brier, [200, 0], 1, 2],
  [
    "bootstrap-soft",
    (z, y) => softBootstrap(z, y, 0.9),
    THREE,
    0,
    // (0.9 + 0.1 * 3/4) and 0.1 * 1/4
    -0.975 * log(0.75) - 0.025 * log(0.25),
  ],
];

for (const [name, loss, logits, label, expected] of WORKED) {
  Deno.test(`${name} of ${logits}, class ${label}, is ${expected}`, () => {
    const options = { labels: [label], weights: [1] };
    const { rows } = rowsAndSlope(loss, [logits], options);
    assertAllClose(rows, [expected], 1e-6);
  });
}

Deno.test("focal with gamma below 1 has gradient 0 where the loss is 0", () => {
  // The plain formula would give 0 / 0.
  const half: RowLoss = (z, y) => focal(z, y, 0.5);
  const options = { labels: [0], weights: [1] };
  const { rows, slope } = rowsAndSlope(half, [[200, 0]], options);
  assertAllClose(rows, [0], 0);
  assertAllClose(slope, [0, 0], 0);
});

Deno.test("mbls penalises one of several largest logits; its gradient sums to 0", () => {
  const options = { labels: [2], weights: [1] };
  const { slope } = rowsAndSlope(margin(1, 1), [[3, 3, 3, 0]], options);
  const [ce] = [margin(0, 1)].map((loss) =>
    rowsAndSlope(loss, [[3, 3, 3, 0]], options).slope
  );
  const penalty = Array.from(slope, (value, k) => value - ce[k]);
  assertAllClose(penalty, [0.25, 0, 0, -0.25], 1e-6);
});
