import { type PixelData, pixelScale } from "./image_set.ts";

/** Statistics of each channel. */
export interface ChannelStatistics {
  /** `[channels]` means. */
  readonly mean: number[];
  /** `[channels]` standard deviations. */
  readonly std: number[];
}

/**
 * Mean and (population) standard deviation of each channel, of bytes divided by 255
 * or of unchanged numbers. For bytes they come from counts of the 256 values, so they
 * are exact and independent of the order of images. For numbers they are summed in
 * float64; a constant channel has a deviation of exactly 0.
 *
 * @param images `[n, height, width, channels]`, n at least 1
 */
export function channelStatistics(
  images: PixelData,
  channels: number,
): ChannelStatistics {
  if (!(images instanceof Uint8Array)) return ofNumbers(images, channels);
  const unit = pixelScale(images);
  const mean: number[] = [];
  const std: number[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const counts = new Float64Array(256);
    for (let i = channel; i < images.length; i += channels) counts[images[i]]++;
    const total = images.length / channels;
    const average = expectation(counts, total, (value) => value);
    const variance = expectation(counts, total, (v) => (v - average) ** 2);
    mean.push(average / unit);
    std.push(Math.sqrt(variance) / unit);
  }
  return { mean, std };
}

function expectation(
  counts: Float64Array,
  total: number,
  of: (value: number) => number,
): number {
  return counts.reduce((sum, count, v) => sum + count * of(v), 0) / total;
}

/** Two passes over the rows, because the values of a column are far apart. */
function ofNumbers(values: Float32Array, channels: number): ChannelStatistics {
  const rows = values.length / channels;
  const averages = (of: (value: number, channel: number) => number) => {
    const sums = new Float64Array(channels);
    for (let i = 0; i < values.length; i++) {
      const channel = i % channels;
      sums[channel] += of(values[i], channel);
    }
    return Array.from(sums, (sum) => sum / rows);
  };
  // Relative to the first value, so that equal values give exactly that mean.
  const shifts = averages((value, channel) => value - values[channel]);
  const mean = shifts.map((shift, channel) => values[channel] + shift);
  const variance = averages((value, channel) => (value - mean[channel]) ** 2);
  return { mean, std: variance.map(Math.sqrt) };
}
