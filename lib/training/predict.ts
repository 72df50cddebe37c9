import type { DeviceImages } from "../data/device_images.ts";
import { tf } from "../engine/engine.ts";
import type { LayersModel } from "../engine/tensor_types.ts";
import { asLogits, type Logits } from "../matrix_kinds.ts";

/**
 * A model's logits for all images, in evaluation mode and without augmentation.
 *
 * @param model maps images `[batch, height, width, channels]` to logits `[batch,
 * classes]`
 * @param options `batchSize`, the number of images per pass (200); larger batches
 * exceed the CPU's cache (with 500, `shallownet` takes 1.6 times as long)
 * @returns `[n, classes]`, in the order of the images
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { deviceImages } from "@ils/label-smoothing/data";
 * import { buildModel, stream } from "@ils/label-smoothing/models";
 * import { predict } from "@ils/label-smoothing/training";
 * const size = { height: 1, width: 2, channels: 1 };
 * const bytes = Uint8Array.of(0, 255, 255, 0, 128, 128);
 * const images = deviceImages({ images: bytes, ...size, mean: [0.5], std: [0.5] });
 * const random = stream(1, "init");
 * const model = buildModel("mlp", { ...size, classes: 4, random });
 * const logits = predict(model, images);
 * strictEqual(logits.rows, 3);
 * strictEqual(logits.columns, 4);
 * images.dispose();
 * model.dispose();
 * ```
 */
export function predict(
  model: LayersModel,
  images: DeviceImages,
  options: { batchSize?: number } = {},
): Logits<Float32Array> {
  const { batchSize = 200 } = options;
  const columns = model.outputs[0].shape[1]!;
  const data = new Float32Array(images.size * columns);
  for (let start = 0; start < images.size; start += batchSize) {
    const stop = Math.min(start + batchSize, images.size);
    tf.tidy(() => {
      const batch = images.gather(tf.range(start, stop, 1, "int32"));
      const logits = model.apply(batch, { training: false }) as tf.Tensor2D;
      data.set(logits.dataSync() as Float32Array, start * columns);
    });
  }
  return asLogits({ data, rows: images.size, columns });
}
