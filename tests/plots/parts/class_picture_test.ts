import assert from "node:assert/strict";
import { probabilitiesOf } from "../../../lib/matrix_kinds.ts";
import { classPicture } from "../../../lib/plots/parts/class_picture.ts";

/** A colour mixed with white by the formula. */
function mixed(ink: readonly number[], share: number): number[] {
  return ink.map((c) => Math.round(255 + share * (c - 255)));
}
const BLUE = [0x3f, 0x90, 0xda];
const ORANGE = [0xff, 0xa9, 0x0e];

Deno.test("classPicture() mixes the colour of the most probable class by its confidence", () => {
  const { pixels, channels } = classPicture(
    probabilitiesOf([[1, 0], [0.25, 0.75], [0.5, 0.5]]),
    3,
  );
  assert.equal(channels, 3);
  assert.deepEqual([...pixels.subarray(0, 3)], mixed(BLUE, 0.55));
  assert.deepEqual([...pixels.subarray(3, 6)], mixed(ORANGE, 0.1 + 0.45 / 2));
  assert.deepEqual([...pixels.subarray(6, 9)], mixed(BLUE, 0.1));
});

Deno.test("classPicture() puts the last line of cells on top", () => {
  const bottom = [[1, 0], [1, 0]];
  const top = [[0, 1], [1, 0]];
  const { pixels, width, height } = classPicture(
    probabilitiesOf([...bottom, ...bottom, ...top]),
    2,
  );
  assert.deepEqual([width, height], [2, 3]);
  const orange = mixed(ORANGE, 0.55);
  const isOrange = (i: number) =>
    pixels.subarray(3 * i, 3 * i + 3).join() === orange.join();
  assert.deepEqual([0, 1, 2, 3, 4, 5].filter(isOrange), [0]);
});
