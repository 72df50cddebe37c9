/** The replacement of `node:zlib` against `node:zlib`. */
import assert from "node:assert/strict";
import * as node from "node:zlib";
import * as browser from "../../../lib/cli/inspect/browser/zlib.ts";
import { stream } from "../../../lib/random.ts";

const random = stream(1, "zlib");
const PIECE = "logits, labels and probabilities ";
/** Bytes that compress well in places. */
const BYTES = Uint8Array.from(
  { length: 100_000 },
  (_, i) =>
    i % 1000 < 700 ? PIECE.charCodeAt(i % PIECE.length) : random.integer(256),
);
const plain = (buffer: Uint8Array) => new Uint8Array(buffer);
const RAW = plain(node.deflateRawSync(BYTES));

Deno.test("data are unpacked as by Node", () => {
  assert.deepEqual(browser.inflateRawSync(RAW), BYTES);
  const exactly = { maxOutputLength: BYTES.length };
  assert.deepEqual(browser.inflateRawSync(RAW, exactly), BYTES);
  assert.deepEqual(
    browser.inflateSync(plain(node.deflateSync(BYTES))),
    BYTES,
  );
  assert.deepEqual(browser.gunzipSync(plain(node.gzipSync(BYTES))), BYTES);
  for (const bytes of [BYTES, new Uint8Array()]) {
    assert.equal(browser.crc32(bytes), node.crc32(bytes));
  }
});

Deno.test("more bytes than allowed are refused as by Node", () => {
  const exactly = { maxOutputLength: BYTES.length };
  const fewer = { maxOutputLength: BYTES.length - 1 };
  const packed = [
    ["inflateRawSync", RAW],
    ["inflateSync", plain(node.deflateSync(BYTES))],
    ["gunzipSync", plain(node.gzipSync(BYTES))],
  ] as const;
  for (const [name, bytes] of packed) {
    assert.deepEqual(browser[name](bytes, exactly), BYTES);
    for (const { [name]: unpack } of [browser, node]) {
      assert.throws(() => unpack(bytes, fewer), {
        code: "ERR_BUFFER_TOO_LARGE",
      });
    }
  }
});

Deno.test("the start of data that are cut short is unpacked", () => {
  const { Z_SYNC_FLUSH: finishFlush } = browser.constants;
  const start = browser.inflateRawSync(RAW.slice(0, 5000), { finishFlush });
  assert(start.length > 5000);
  assert.deepEqual(start, BYTES.slice(0, start.length));
});

Deno.test("damaged data are refused, whatever was changed", () => {
  for (const format of ["deflateSync", "gzipSync"] as const) {
    const packed = plain(node[format](BYTES));
    const unpack = format === "gzipSync"
      ? browser.gunzipSync
      : browser.inflateSync;
    for (let round = 0; round < 40; round++) {
      const damaged = packed.slice();
      // Beyond the header, of which some fields may change without harm.
      damaged[10 + random.integer(packed.length - 10)] ^= 1 <<
        random.integer(8);
      assert.throws(() => unpack(damaged), `${format}, round ${round}`);
    }
  }
});

Deno.test("Brotli and Zstandard are refused in one line", () => {
  assert.throws(
    browser.brotliDecompressSync,
    /^RangeError: it is compressed with Brotli, which a browser cannot unpack; save it with Snappy or gzip, or use ils evaluate, which reads it$/,
  );
  assert.throws(
    browser.zstdDecompressSync,
    /with Zstandard, which a browser cannot unpack; /,
  );
});
