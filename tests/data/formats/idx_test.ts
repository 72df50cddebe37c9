import { deepStrictEqual, throws } from "node:assert/strict";
import { BadInput } from "../../../lib/bad_input.ts";
import { encodeIdx, parseIdx } from "../../../lib/data/formats/idx.ts";

// A file with two images of 2 x 3 pixels.
const BYTES = Uint8Array.of(
  ...[0, 0, 8, 3],
  ...[0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3],
  ...[1, 2, 3, 4, 5, 6],
  ...[7, 8, 9, 10, 11, 12],
);

Deno.test("parseIdx() reads shape and values", () => {
  const { shape, data } = parseIdx(BYTES, "images");
  deepStrictEqual(shape, [2, 2, 3]);
  deepStrictEqual([...data], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

Deno.test("parseIdx() reads sizes as big-endian 32-bit numbers", () => {
  const bytes = new Uint8Array(8 + 66_000);
  bytes.set([0, 0, 8, 1, 0x00, 0x01, 0x01, 0xd0]); // 65536 + 256 + 208
  deepStrictEqual(parseIdx(bytes, "labels").shape, [66_000]);
});

Deno.test("parseIdx() reads a view that starts inside its buffer", () => {
  const padded = new Uint8Array(BYTES.length + 5);
  padded.set(BYTES, 5);
  deepStrictEqual(parseIdx(padded.subarray(5), "images").shape, [2, 2, 3]);
});

Deno.test("encodeIdx() writes what parseIdx() reads", () => {
  deepStrictEqual(encodeIdx(parseIdx(BYTES, "images")), BYTES);
});

const damaged: [string, Uint8Array, RegExp][] = [
  ["an empty file", new Uint8Array(0), /it has only 0 bytes/],
  [
    "another magic",
    Uint8Array.of(0x1f, 0x8b, 8, 0, 0),
    /must start with bytes 00 00 08, but starts with 1f 8b 08/,
  ],
  [
    "values of another type",
    Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0),
    /starts with 00 00 0d/,
  ],
  ["no dimension", Uint8Array.of(0, 0, 8, 0), /0 dimensions is cut short/],
  ["half a header", BYTES.subarray(0, 15), /header of 3 dimensions is cut/],
  [
    "a missing byte",
    BYTES.subarray(0, 27),
    /shape \[2, 2, 3\] needs 28 bytes, but it has 27/,
  ],
  [
    "an extra byte",
    Uint8Array.of(...BYTES, 0),
    /needs 28 bytes, but it has 29/,
  ],
];
for (const [what, bytes, message] of damaged) {
  Deno.test(`parseIdx() refuses ${what} and names the file`, () => {
    throws(() => parseIdx(bytes, "t10k-images"), (error) => {
      return error instanceof BadInput && message.test(error.message) &&
        error.message.startsWith("Cannot read t10k-images as an IDX file: ");
    });
  });
}
