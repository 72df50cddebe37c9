/**
 * Mean and (population) standard deviation of each channel, pixels divided by
 * 255. They come from counts of the 256 values, so that they are exact and do
 * not depend on the order of the images.
 *
 * @param images `[n, height, width, channels]`, n at least 1
 * @returns `mean` and `std`, `[channels]`
 */
export function channelStatistics(
  images: Uint8Array,
  channels: number,
): { mean: number[]; std: number[] } {
  const mean: number[] = [];
  const std: number[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const counts = new Float64Array(256);
    for (let i = channel; i < images.length; i += channels) counts[images[i]]++;
    const total = images.length / channels;
    const average = expectation(counts, total, (value) => value);
    const variance = expectation(counts, total, (v) => (v - average) ** 2);
    mean.push(average / 255);
    std.push(Math.sqrt(variance) / 255);
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
