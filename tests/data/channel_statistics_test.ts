import { deepStrictEqual, ok } from "node:assert/strict";
import { channelStatistics } from "../../lib/data/channel_statistics.ts";

Deno.test("channelStatistics() returns mean and deviation of pixels / 255", () => {
  // 0, 0, 255, 255: mean 1/2, deviation 1/2.
  const images = Uint8Array.of(0, 0, 255, 255);
  deepStrictEqual(channelStatistics(images, 1), { mean: [0.5], std: [0.5] });
});

Deno.test("channelStatistics() separates channels", () => {
  // Red 51, 51; green 0, 255; blue 102, 204 (mean 153, deviation 51).
  const images = Uint8Array.of(51, 0, 102, 51, 255, 204);
  const { mean, std } = channelStatistics(images, 3);
  close(mean, [0.2, 0.5, 0.6]);
  close(std, [0, 0.5, 0.2]);
});

Deno.test("channelStatistics() does not scale numbers", () => {
  const { mean, std } = channelStatistics(Float32Array.of(-1, 8, 3, 4), 2);
  deepStrictEqual([mean, std], [[1, 6], [2, 2]]);
});

Deno.test("channelStatistics() of equal numbers returns a deviation of exactly 0", () => {
  const value = Math.fround(0.1);
  const { mean, std } = channelStatistics(new Float32Array(999).fill(value), 1);
  deepStrictEqual([mean, std], [[value], [0]]);
});

function close(found: number[], expected: number[]) {
  ok(
    found.length === expected.length &&
      found.every((value, i) => Math.abs(value - expected[i]) < 1e-12),
    `${found} is not ${expected}`,
  );
}
