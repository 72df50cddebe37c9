import { attribute, UINT8 } from "../../engine/attributes.ts";
import { rawOp, tf, uint8Tensor } from "../../engine/engine.ts";
import type { Raster } from "./raster.ts";

/** How an image is fitted to a square: cropped or stretched. */
export type Fit = "crop" | "stretch";

/**
 * Resizes an image to a square: `crop` uses the square in its middle, `stretch` the
 * complete image, which changes its proportions.
 *
 * @param size pixels per side, at least 1
 */
export function fitImage(image: Raster, size: number, fit: Fit): Raster {
  return resize(fit === "crop" ? middleSquare(image) : image, size);
}

function middleSquare(image: Raster): Raster {
  const { height, width, channels, pixels } = image;
  if (height === width) return image;
  const side = Math.min(height, width);
  const top = Math.floor((height - side) / 2);
  const left = Math.floor((width - side) / 2);
  const square = new Uint8Array(side * side * channels);
  for (let row = 0; row < side; row++) {
    const start = ((top + row) * width + left) * channels;
    const line = pixels.subarray(start, start + side * channels);
    square.set(line, row * side * channels);
  }
  return { height: side, width: side, channels, pixels: square };
}

/**
 * Resamples an image with a triangle filter as wide as a pixel of the smaller image,
 * as Pillow's `BILINEAR` does, so that a reduced image averages all pixels. Halves
 * are rounded up. TensorFlow computes it on the processor even if there is a GPU.
 */
function resize(image: Raster, size: number): Raster {
  const { height, width, channels, pixels } = image;
  if (height === size && width === size) return image;
  const resized = tf.tidy(() => {
    const [scaled] = rawOp("ScaleAndTranslate", RESAMPLING, [
      uint8Tensor(pixels, [1, height, width, channels]),
      tf.tensor1d([size, size], "int32"),
      tf.tensor1d([size / height, size / width]),
      tf.tensor1d([0, 0]),
    ], 1);
    return scaled.add(0.5).floor();
  });
  const rounded = Uint8Array.from(resized.dataSync());
  resized.dispose();
  return { height: size, width: size, channels, pixels: rounded };
}

const RESAMPLING = [
  attribute.type("T", UINT8),
  attribute.string("kernel_type", "triangle"),
  attribute.bool("antialias", true),
];
