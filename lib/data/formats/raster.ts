/** An image of bytes; `pixels` has shape `[height, width, channels]`. */
export interface Raster {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

/**
 * Converts an image to grey (1 channel) or colour (3). Grey is the luma of ITU-R
 * BT.601, `0.299 red + 0.587 green + 0.114 blue`; colour repeats the grey value.
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
