import {
  attribute,
  FLOAT,
  INT32,
  rawOp,
  tf,
  UINT8,
  uint8Tensor,
} from "../engine/engine.ts";
import type { Tensor1D, Tensor4D } from "../engine/tensor_types.ts";
import type { Random } from "../random.ts";
import { type PixelData, pixelScale } from "./image_set.ts";

/** Images on the host and how to normalise them. */
export interface Pixels {
  /** `[n, height, width, channels]`, row-major. */
  readonly images: PixelData;
  /** Height in pixels. */
  readonly height: number;
  /** Width in pixels. */
  readonly width: number;
  /** Number of channels. */
  readonly channels: number;
  /** Mean of each channel, of bytes divided by 255 or of unchanged numbers. */
  readonly mean: readonly number[];
  /** Standard deviation of each channel; a channel where it is 0 becomes 0. */
  readonly std: readonly number[];
}

/** Images in the memory of the device; bytes are stored as bytes. */
export interface DeviceImages {
  /** Number of images. */
  readonly size: number;
  /**
   * Returns normalised float32 images `[batch, height, width, channels]` by index;
   * the caller disposes them.
   *
   * @param indices `[batch]` int32, each in [0, size)
   * @param augmentation stream for random crops and flips (none); images of bytes
   * are padded with black, images of numbers with their mean
   */
  gather(indices: Tensor1D, augmentation?: Random): Tensor4D;
  /** Frees the memory of the device. */
  dispose(): void;
}

/** Width in pixels of the zero padding before a random crop (He et al. 2016). */
const PADDING = 4;

/**
 * Copies images to the device once, so that a batch is a single gather operation.
 *
 * @param pixels images and their statistics
 * @returns images on the device; the caller disposes them
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { deviceImages } from "@ils/label-smoothing/data";
 * import * as tf from "@tensorflow/tfjs-node-gpu";
 * const images = deviceImages({
 *   images: Uint8Array.of(0, 255, 51),
 *   height: 1,
 *   width: 1,
 *   channels: 1,
 *   mean: [0.5],
 *   std: [0.5],
 * });
 * const batch = images.gather(tf.tensor1d([1, 0], "int32"));
 * deepStrictEqual([...batch.dataSync()], [1, -1]);
 * images.dispose();
 * ```
 */
export function deviceImages(pixels: Pixels): DeviceImages {
  const { images, height, width, channels } = pixels;
  const size = images.length / (height * width * channels);
  const shape: Shape = [size, height, width, channels];
  return images instanceof Uint8Array
    ? deviceBytes(images, shape, pixels)
    : deviceNumbers(images, shape, pixels);
}

type Shape = [number, number, number, number];

type Statistics = Pick<Pixels, "mean" | "std">;

function deviceBytes(
  images: Uint8Array,
  shape: Shape,
  { mean, std }: Statistics,
): DeviceImages {
  const bytes = tf.keep(uint8Tensor(images, shape));
  const scale = tf.keep(
    tf.tensor1d(std.map((s) => s === 0 ? 0 : 1 / (pixelScale(images) * s))),
  );
  const shift = tf.keep(
    tf.tensor1d(std.map((s, c) => s === 0 ? 0 : mean[c] / s)),
  );
  return {
    size: shape[0],
    gather: (indices, augmentation) =>
      tf.tidy(() => {
        const batch = gatherRows(bytes, indices, UINT8);
        const [floats] = rawOp(
          "Cast",
          [
            attribute.type("SrcT", UINT8),
            attribute.type("DstT", FLOAT),
            attribute.bool("Truncate", false),
          ],
          [batch],
          1,
        );
        const chosen = augmentation === undefined
          ? floats as tf.Tensor4D
          : cropAndFlip(floats as tf.Tensor4D, augmentation);
        return tf.sub(tf.mul(chosen, scale), shift) as tf.Tensor4D;
      }),
    dispose: () => tf.dispose([bytes, scale, shift]),
  };
}

/** Numbers are normalised in float64 before they are copied to the device. */
function deviceNumbers(
  images: Float32Array,
  shape: Shape,
  { mean, std }: Statistics,
): DeviceImages {
  const channels = mean.length;
  const normalised = images.map((value, i) => {
    const c = i % channels;
    return std[c] === 0 ? 0 : (value - mean[c]) / std[c];
  });
  const numbers = tf.keep(tf.tensor4d(normalised, shape));
  return {
    size: shape[0],
    gather: (indices, augmentation) =>
      tf.tidy(() => {
        const batch = gatherRows(numbers, indices, FLOAT) as tf.Tensor4D;
        return augmentation === undefined
          ? batch
          : cropAndFlip(batch, augmentation);
      }),
    dispose: () => numbers.dispose(),
  };
}

function gatherRows(
  rows: tf.Tensor,
  indices: tf.Tensor1D,
  type: number,
): tf.Tensor {
  return rawOp(
    "GatherV2",
    [
      attribute.type("Tparams", type),
      attribute.type("Tindices", INT32),
      attribute.type("Taxis", INT32),
      attribute.int("batch_dims", 0),
    ],
    [rows, indices, tf.scalar(0, "int32")],
    1,
  )[0];
}

/**
 * Randomly crops images that are padded by 4 pixels of zeros, and mirrors each with
 * probability 1/2, in a single gather operation on the device.
 *
 * @param images `[batch, height, width, channels]`
 * @param random stream of the shifts and flips
 * @returns images of the same shape; the caller disposes them
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { cropAndFlip, stream } from "@ils/label-smoothing/data";
 * import * as tf from "@tensorflow/tfjs-node-gpu";
 * const images = tf.ones<tf.Rank.R4>([2, 8, 8, 3]);
 * const changed = cropAndFlip(images, stream(1, "augmentation"));
 * deepStrictEqual(changed.shape, [2, 8, 8, 3]);
 * ```
 */
export function cropAndFlip(
  images: Tensor4D,
  random: Random,
): Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const wide = width + 2 * PADDING;
  const tall = height + 2 * PADDING;
  const starts = new Int32Array(batch);
  const origins = new Int32Array(batch);
  const directions = new Int32Array(batch);
  for (let i = 0; i < batch; i++) {
    const top = random.integer(2 * PADDING + 1);
    const left = random.integer(2 * PADDING + 1);
    const flip = random.uniform() < 0.5;
    starts[i] = (i * tall + top) * wide;
    origins[i] = flip ? left + width - 1 : left;
    directions[i] = flip ? -1 : 1;
  }
  return tf.tidy(() => {
    const column = (values: Int32Array) =>
      tf.tensor(values, [batch, 1, 1], "int32");
    const rows = tf.mul(tf.range(0, height, 1, "int32"), wide)
      .reshape([1, height, 1]);
    const columns = tf.range(0, width, 1, "int32").reshape([1, 1, width]);
    const positions = tf.add(
      tf.add(column(starts), rows),
      tf.add(column(origins), tf.mul(column(directions), columns)),
    );
    const padded = tf.pad(images, [
      [0, 0],
      [PADDING, PADDING],
      [PADDING, PADDING],
      [0, 0],
    ]).reshape([batch * tall * wide, channels]);
    return tf.gather(padded, tf.cast(positions, "int32")) as tf.Tensor4D;
  });
}
