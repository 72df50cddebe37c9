import { tf } from "../engine/engine.ts";
import type { Probabilities } from "../matrix_kinds.ts";
import { crossEntropyLoss, type LossFn } from "./cross_entropy.ts";
import type { OpenLoss } from "./open_loss.ts";

/**
 * The mean cross-entropy with soft targets.
 *
 * @param targets `[n, classes]`, one row per training image, such as from
 * `buildTargets()`
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { tensor1d, tensor2d } from "@tensorflow/tfjs-node-gpu";
 * import { probabilitiesOf } from "@ils/label-smoothing/logits";
 * import { targetLoss } from "@ils/label-smoothing/training";
 * const { loss, dispose } = targetLoss(probabilitiesOf([[0.9, 0.1], [0, 1]]));
 * // A batch of row 1 alone, for which the network predicts 1/4 and 3/4.
 * const value = loss(tensor2d([[0, Math.log(3)]]), tensor1d([1], "int32"));
 * strictEqual(value.dataSync()[0].toFixed(4), "0.2877"); // -log 3/4
 * dispose();
 * ```
 */
export function targetLoss(targets: Probabilities): OpenLoss<LossFn> {
  const { data, rows, columns } = targets;
  const values = data instanceof Float32Array ? data : Float32Array.from(data);
  const kept = tf.keep(tf.tensor2d(values, [rows, columns]));
  return {
    loss: crossEntropyLoss(kept),
    dispose: () => kept.dispose(),
  };
}
