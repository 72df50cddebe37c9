import type { DeviceImages } from "../data/device_images.ts";
import { tf } from "../engine/engine.ts";
import { asLogits, type Logits } from "../matrix_kinds.ts";

/**
 * A model's logits for every image in order, in evaluation mode and without
 * augmentation.
 *
 * @param options.batchSize images at a time (200): larger batches leave the
 * CPU's cache, 500 take shallownet 1.6 times as long
 * @returns `[n, classes]` on the host
 */
export function predict(
  model: tf.LayersModel,
  images: DeviceImages,
  { batchSize = 200 }: { batchSize?: number } = {},
): Logits<Float32Array> {
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
