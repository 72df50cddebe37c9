import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { crc32, inflateSync } from "node:zlib";
import { encodePng, pictureAt } from "../../../lib/plots/parts/png.ts";
import { picture } from "../samples.ts";

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/** The chunks of a PNG file; their checksums are verified with zlib. */
function chunks(file: Uint8Array): Chunk[] {
  const bytes = Buffer.from(file);
  assert.equal(bytes.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n");
  const result: Chunk[] = [];
  for (let at = 8; at < bytes.length;) {
    const end = at + 8 + bytes.readUInt32BE(at);
    const checked = bytes.subarray(at + 4, end);
    assert.equal(bytes.readUInt32BE(end), crc32(checked));
    const type = checked.subarray(0, 4).toString("latin1");
    result.push({ type, data: checked.subarray(4) });
    at = end + 4;
  }
  return result;
}

Deno.test("encodePng() keeps every pixel of a grey picture", () => {
  const [header, data, end] = chunks(encodePng(picture(1)));
  assert.equal(header.type, "IHDR");
  assert.deepEqual(
    [...header.data],
    [0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0],
  );
  assert.equal(data.type, "IDAT");
  // Each line starts with its filter, 0.
  assert.deepEqual([...inflateSync(data.data)], [0, 0, 1, 0, 2, 3]);
  assert.deepEqual(end, { type: "IEND", data: Buffer.alloc(0) });
});

Deno.test("encodePng() keeps every pixel of a colour picture", () => {
  const [header, data] = chunks(encodePng(picture(3)));
  assert.equal(header.data[9], 2);
  assert.deepEqual(
    [...inflateSync(data.data)],
    [0, 0, 1, 2, 3, 4, 5, 0, 6, 7, 8, 9, 10, 11],
  );
});

Deno.test("pictureAt() returns a picture of a stack without copying", () => {
  const images = Uint8Array.from({ length: 12 }, (_, i) => i);
  const shape = { width: 2, height: 2, channels: 1 };
  const second = pictureAt(images, 1, shape);
  assert.deepEqual([...second.pixels], [4, 5, 6, 7]);
  assert.equal(second.pixels.buffer, images.buffer);
});
