import type { DeviceImages } from "../data/device_images.ts";
import type { tf } from "../engine/engine.ts";
import { argMax, row } from "../matrix.ts";
import { logSoftmaxRow } from "../logits/softmax.ts";
import { predict } from "./predict.ts";

/** Mean log loss against hard labels, in nats, and accuracy, in [0, 1]. */
export function validate(
  model: tf.LayersModel,
  data: {
    readonly validation: DeviceImages;
    readonly validationLabels: Int32Array;
  },
): { loss: number; accuracy: number } {
  const labels = data.validationLabels;
  const logits = predict(model, data.validation);
  let loss = 0;
  let correct = 0;
  for (let i = 0; i < logits.rows; i++) {
    loss -= logSoftmaxRow(row(logits, i))[labels[i]];
    if (argMax(logits, i) === labels[i]) correct++;
  }
  return { loss: loss / logits.rows, accuracy: correct / logits.rows };
}
