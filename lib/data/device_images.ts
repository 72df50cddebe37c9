import { attribute, FLOAT, INT32, UINT8 } from "../engine/attributes.ts";
import { rawOp, tf, uint8Tensor } from "../engine/engine.ts";
import type {
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor4D,
} from "../engine/tensor_types.ts";
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
  /** Tensors that `gather()` reads, for a recorded function. */
  readonly tensors: readonly Tensor[];
  /**
   * Returns normalised float32 images `[batch, height, width, channels]` by index;
   * the caller disposes them. It can be part of a recorded function.
   *
   * @param indices `[batch]` int32, each in [0, size)
   * @param shifts crops and flips from `drawShifts()`, `[3, batch]` int32 (none);
   * images of bytes are padded with black, images of numbers with their mean
   */
  gather(indices: Tensor1D, shifts?: Tensor2D): Tensor4D;
  /** Draws random crops and flips for the images of a batch, `[3, batch]`. */
  drawShifts(batch: number, random: Random): Int32Array;
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
    ...common(shape, [bytes, scale, shift]),
    gather: (indices, shifts) =>
      tf.tidy(() => {
        const batch = gatherBytes(bytes, indices);
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
        const chosen = shifts === undefined
          ? floats as tf.Tensor4D
          : shifted(floats as tf.Tensor4D, shifts);
        return tf.sub(tf.mul(chosen, scale), shift) as tf.Tensor4D;
      }),
  };
}

/** The properties that do not depend on the type of the images. */
function common([size, height, width]: Shape, tensors: tf.Tensor[]) {
  return {
    size,
    tensors,
    drawShifts: (batch: number, random: Random) =>
      drawShifts({ batch, height, width }, random),
    dispose: () => tf.dispose(tensors),
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
  return normalisedImages(tf.keep(tf.tensor4d(normalised, shape)));
}

/** Normalised images that are on the device already, which it then owns. */
export function normalisedImages(images: tf.Tensor4D): DeviceImages {
  return {
    ...common(images.shape, [images]),
    gather: (indices, shifts) =>
      tf.tidy(() => {
        const batch = tf.gather(images, indices);
        return shifts === undefined ? batch : shifted(batch, shifts);
      }),
  };
}

/** Rows of bytes, a type that `tf.gather()` does not know. */
function gatherBytes(rows: tf.Tensor, indices: tf.Tensor1D): tf.Tensor {
  return rawOp(
    "GatherV2",
    [
      attribute.type("Tparams", UINT8),
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
  const [batch, height, width] = images.shape;
  const shifts = drawShifts({ batch, height, width }, random);
  return tf.tidy(() =>
    shifted(images, tf.tensor2d(shifts, [3, batch], "int32"))
  );
}

/**
 * Draws a crop and a flip per image: rows with the first pixel of the crop in the
 * batch of padded images, its column, and the direction of the columns, `[3, batch]`.
 */
function drawShifts(
  { batch, height, width }: {
    readonly batch: number;
    readonly height: number;
    readonly width: number;
  },
  random: Random,
): Int32Array {
  const wide = width + 2 * PADDING;
  const tall = height + 2 * PADDING;
  const shifts = new Int32Array(3 * batch);
  for (let i = 0; i < batch; i++) {
    const top = random.integer(2 * PADDING + 1);
    const left = random.integer(2 * PADDING + 1);
    const flip = random.uniform() < 0.5;
    shifts[i] = (i * tall + top) * wide;
    shifts[batch + i] = flip ? left + width - 1 : left;
    shifts[2 * batch + i] = flip ? -1 : 1;
  }
  return shifts;
}

/** Images cropped and flipped as drawn, by a single gather operation. */
function shifted(images: Tensor4D, shifts: Tensor2D): Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const wide = width + 2 * PADDING;
  const tall = height + 2 * PADDING;
  return tf.tidy(() => {
    const [starts, origins, directions] = tf
      .unstack(tf.reshape(shifts, [3, batch, 1, 1]));
    const rows = tf.mul(tf.range(0, height, 1, "int32"), wide)
      .reshape([1, height, 1]);
    const columns = tf.range(0, width, 1, "int32").reshape([1, 1, width]);
    const positions = tf.add(
      tf.add(starts, rows),
      tf.add(origins, tf.mul(directions, columns)),
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
