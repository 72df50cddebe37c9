import {
  attribute,
  FLOAT,
  INT32,
  rawOp,
  tf,
  UINT8,
  uint8Tensor,
} from "../engine/engine.ts";
import type { Random } from "../random.ts";
import { type PixelData, pixelScale } from "./image_set.ts";

/** Pixels on the host and how to normalise them. */
export interface Pixels {
  /** `[n, height, width, channels]`, row-major. */
  readonly images: PixelData;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /**
   * Mean and standard deviation per channel of pixels divided by their unit.
   * A channel with a deviation of 0 tells nothing and becomes 0.
   */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** A set of images that stays on the device, bytes as bytes. */
export interface DeviceImages {
  readonly size: number;
  /**
   * Normalised float32 images `[batch, height, width, channels]`, gathered by
   * index; the caller disposes them.
   *
   * @param indices `[batch]` int32, each in [0, size)
   * @param augmentation where given, crops and flips at random by this stream;
   * beyond the edges of images of bytes is black, of numbers their mean
   */
  gather(indices: tf.Tensor1D, augmentation?: Random): tf.Tensor4D;
  dispose(): void;
}

/** Pixels of zeros around an image before a random crop (He et al. 2016). */
const PADDING = 4;

/** Puts images on the device once, so that a batch is one gather. */
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

/** Numbers are normalised in float64 before they are put on the device. */
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
 * Shifts each image by up to 4 pixels, with zeros coming in, and mirrors half
 * of them, all by one gather on the device.
 *
 * @param images `[batch, height, width, channels]`
 */
export function cropAndFlip(
  images: tf.Tensor4D,
  random: Random,
): tf.Tensor4D {
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
