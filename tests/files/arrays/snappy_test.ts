import assert from "node:assert/strict";
import { decodeSnappy } from "../../../lib/files/arrays/snappy.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

Deno.test("decodeSnappy() reads literals and copies that overlap their output", () => {
  // 8 bytes: the literal "ab", then a copy of 6 bytes from 2 bytes back.
  const block = Uint8Array.of(8, 1 << 2, 97, 98, ((6 - 4) << 2) | 1, 2);
  assert.equal(text(decodeSnappy(block, 8)), "abababab");
  // A copy with a distance of two bytes: tag, then 2 in little-endian order.
  const long = Uint8Array.of(5, 1 << 2, 97, 98, (2 << 2) | 2, 2, 0);
  assert.equal(text(decodeSnappy(long, 5)), "ababa");
});

Deno.test("decodeSnappy() reads a literal whose length is in a byte of its own", () => {
  const letters = new Uint8Array(70).fill(97);
  const block = Uint8Array.of(70, 60 << 2, 69, ...letters);
  assert.deepEqual(decodeSnappy(block, 70), letters);
});

const DAMAGED: Readonly<Record<string, number[]>> = {
  "another size": [3, 1 << 2, 97, 98],
  "a copy from before the start": [8, 1 << 2, 97, 98, (2 << 2) | 1, 3],
  "a copy from no distance": [8, 1 << 2, 97, 98, (2 << 2) | 1, 0],
  "more output than its size": [8, 1 << 2, 97, 98, (7 << 2) | 1, 2],
  "less output than its size": [8, 1 << 2, 97, 98],
  "a literal that is cut short": [8, 7 << 2, 97],
  "a literal of 2^32 bytes": [8, 63 << 2, 255, 255, 255, 255, 97],
  "a size without an end": [255, 255, 255, 255, 255, 255],
  "nothing": [],
};

for (const [name, block] of Object.entries(DAMAGED)) {
  Deno.test(`decodeSnappy() refuses a block with ${name}`, () => {
    assert.throws(() => decodeSnappy(Uint8Array.from(block), 8), RangeError);
  });
}
