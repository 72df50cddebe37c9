import assert from "node:assert/strict";
import { shrunk } from "../../../lib/reports/interactive/shrunk.ts";

Deno.test("shrunk() averages squares by channel", () => {
  // Two lines of four pixels of three channels; squares of two by two.
  const pixels = Uint8Array.from({ length: 24 }, (_, at) => at);
  const small = shrunk({ pixels, width: 4, height: 2, channels: 3 }, 2);
  assert.deepEqual([small.width, small.height], [2, 1]);
  // (0 + 3 + 12 + 15) / 4 = 7.5, rounded up; then 6 further on.
  assert.deepEqual([...small.pixels], [8, 9, 10, 14, 15, 16]);
});

Deno.test("shrunk() leaves small pictures, and keeps a pixel of narrow ones", () => {
  const picture = {
    pixels: Uint8Array.of(10, 20, 30, 40),
    width: 4,
    height: 1,
    channels: 1,
  };
  assert.equal(shrunk(picture, 4), picture);
  assert.deepEqual([...shrunk(picture, 2).pixels], [15, 35]);
});
