/** An image of bytes: `pixels` is `[height, width, channels]`. */
export interface Raster {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

/** How an image of another shape is brought to a square. */
export type Fit = "crop" | "stretch";

/**
 * An image as a square of the given size: `crop` takes the square in its
 * middle, `stretch` the whole, which changes its proportions.
 *
 * @param size pixels of a side, at least 1
 */
export function fitImage(image: Raster, size: number, fit: Fit): Raster {
  return resize(fit === "crop" ? middleSquare(image) : image, size, size);
}

function middleSquare({ height, width, channels, pixels }: Raster): Raster {
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
 * Resampling by a triangle that is as wide as a pixel of the smaller image,
 * first along the rows, then along the columns, as Pillow's `BILINEAR` does:
 * a reduced image is an average of all that it stands for.
 */
function resize(image: Raster, height: number, width: number): Raster {
  const { channels } = image;
  if (image.height === height && image.width === width) return image;
  const across = weightsOf(image.width, width);
  const wide = new Float32Array(image.height * width * channels);
  for (let row = 0; row < image.height; row++) {
    across.forEach(({ first, weights }, column) => {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        weights.forEach((weight, k) => {
          const from = (row * image.width + first + k) * channels + c;
          sum += weight * image.pixels[from];
        });
        wide[(row * width + column) * channels + c] = sum;
      }
    });
  }
  const stride = width * channels;
  const pixels = new Uint8Array(height * stride);
  weightsOf(image.height, height).forEach(({ first, weights }, row) => {
    for (let i = 0; i < stride; i++) {
      let sum = 0;
      weights.forEach((weight, k) => {
        sum += weight * wide[(first + k) * stride + i];
      });
      pixels[row * stride + i] = Math.round(sum);
    }
  });
  return { height, width, channels, pixels };
}

/** Of each new pixel the old ones that it is made of; weights sum to 1. */
function weightsOf(
  from: number,
  to: number,
): { first: number; weights: number[] }[] {
  const scale = from / to;
  const support = Math.max(scale, 1);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - support + 0.5));
    const stop = Math.min(from, Math.floor(centre + support + 0.5));
    const raw = Array.from(
      { length: stop - first },
      (_, k) => Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / support),
    );
    const total = raw.reduce((a, b) => a + b);
    return { first, weights: raw.map((weight) => weight / total) };
  });
}

/**
 * An image in grey (1 channel) or colour (3): grey is ITU-R BT.601's luma,
 * `0.299 red + 0.587 green + 0.114 blue`, colour of a grey image three times
 * its grey.
 */
export function withChannels(image: Raster, channels: 1 | 3): Raster {
  if (image.channels === channels) return image;
  const { height, width, pixels } = image;
  const converted = new Uint8Array(height * width * channels);
  for (let i = 0; i < height * width; i++) {
    if (channels === 3) converted.fill(pixels[i], 3 * i, 3 * i + 3);
    else {
      const [red, green, blue] = pixels.subarray(3 * i, 3 * i + 3);
      converted[i] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    }
  }
  return { height, width, channels, pixels: converted };
}
