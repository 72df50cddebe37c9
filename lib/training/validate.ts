import { argMax, row } from "../matrix.ts";
import { logSoftmaxRow } from "../logits/softmax.ts";
import type { Logits } from "../matrix_kinds.ts";

/** Mean log loss against hard labels, in nats, and accuracy, in [0, 1]. */
export function validate(
  logits: Logits,
  labels: Int32Array,
): { loss: number; accuracy: number } {
  let loss = 0;
  let correct = 0;
  for (let i = 0; i < logits.rows; i++) {
    loss -= logSoftmaxRow(row(logits, i))[labels[i]];
    if (argMax(logits, i) === labels[i]) correct++;
  }
  return { loss: loss / logits.rows, accuracy: correct / logits.rows };
}
