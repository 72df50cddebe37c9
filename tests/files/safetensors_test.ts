import assert from "node:assert/strict";
import {
  decodeSafeTensors,
  encodeSafeTensors,
  type SafeTensors,
} from "../../lib/files/safetensors.ts";

const CONTENT: SafeTensors = {
  arrays: {
    "dense/kernel": {
      shape: [2, 3],
      data: Float32Array.of(1, -2.5, 3, 0, 1e-30, 6),
    },
    scalar: { shape: [], data: Float32Array.of(0.5) },
    empty: { shape: [0, 4], data: new Float32Array() },
  },
  metadata: { run: "a1", title: "größer 🙂" },
};

Deno.test("decodeSafeTensors() reads what encodeSafeTensors() wrote", () => {
  const bytes = encodeSafeTensors(CONTENT);
  assert.deepEqual(decodeSafeTensors(bytes, "x"), CONTENT);
  // Also at an odd offset in a larger buffer.
  const inside = new Uint8Array(bytes.length + 10);
  inside.set(bytes, 3);
  const view = inside.subarray(3, 3 + bytes.length);
  assert.deepEqual(decodeSafeTensors(view, "x"), CONTENT);
});

Deno.test("encodeSafeTensors() writes only a view's part of its buffer", () => {
  const data = Float32Array.of(1, 2, 3).subarray(1, 2);
  const bytes = encodeSafeTensors({
    arrays: { a: { shape: [1], data } },
    metadata: {},
  });
  assert.deepEqual([...decodeSafeTensors(bytes, "x").arrays.a.data], [2]);
});

Deno.test("encodeSafeTensors() follows the published format", () => {
  const bytes = encodeSafeTensors({
    arrays: { a: { shape: [2], data: Float32Array.of(1, 2) } },
    metadata: { k: "v" },
  });
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  assert.equal(length % 8, 0);
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  assert.deepEqual(JSON.parse(header), {
    __metadata__: { k: "v" },
    a: { dtype: "F32", shape: [2], data_offsets: [0, 8] },
  });
  // 1 and 2 in IEEE 754, little-endian.
  const body = [...bytes.subarray(8 + length)];
  assert.deepEqual(body, [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]);
});

Deno.test("decodeSafeTensors() refuses a file cut at any byte", () => {
  const bytes = encodeSafeTensors(CONTENT);
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(
      () => decodeSafeTensors(bytes.subarray(0, length), "cut.safetensors"),
      { name: "BadInput", message: /^Cannot read cut\.safetensors: / },
      `${length} bytes`,
    );
  }
});

const entry = { dtype: "F32", shape: [2], data_offsets: [0, 8] };

const DAMAGED: Record<
  string,
  { header: string; body: number; message: string }
> = {
  "no JSON": { header: "{", body: 0, message: "header: it is cut short" },
  "no object": {
    header: "[]",
    body: 0,
    message: "header: it must be an object: found a list",
  },
  "null": {
    header: "null",
    body: 0,
    message: "header: it must be an object: found null",
  },
  "another type": {
    header: JSON.stringify({ a: { ...entry, dtype: "I32" } }),
    body: 8,
    message: "array a is I32 but must be one of F64, F32, F16, BF16",
  },
  "no entry": {
    header: JSON.stringify({ a: 5 }),
    body: 8,
    message: "header: a must be an object: found 5",
  },
  "a broken shape": {
    header: JSON.stringify({ a: { ...entry, shape: [-2] } }),
    body: 8,
    message: "header: a.shape[0] must be at least 0: found -2",
  },
  "offsets of one number": {
    header: JSON.stringify({ a: { ...entry, data_offsets: [0] } }),
    body: 8,
    message:
      "header: a.data_offsets must have at least 2 entries: found a list",
  },
  "a wrong shape": {
    header: JSON.stringify({ a: { ...entry, shape: [3] } }),
    body: 8,
    message: "array a is cut short or has a wrong shape",
  },
  "a gap": {
    header: JSON.stringify({ a: { ...entry, data_offsets: [4, 12] } }),
    body: 12,
    message: "array a does not begin at the end of the one before it",
  },
  "an overlap": {
    header: JSON.stringify({ a: entry, b: entry }),
    body: 8,
    message: "array b does not begin at the end of the one before it",
  },
  "excess bytes": {
    header: JSON.stringify({ a: entry }),
    body: 9,
    message: "it has excess bytes",
  },
  "metadata of numbers": {
    header: JSON.stringify({ __metadata__: { a: 1 } }),
    body: 0,
    message: "header: __metadata__.a must be text: found 1",
  },
};

for (const [name, { header, body, message }] of Object.entries(DAMAGED)) {
  Deno.test(`decodeSafeTensors() refuses ${name}`, () => {
    const bytes = fileOf(header, body);
    assert.throws(() => decodeSafeTensors(bytes, "x.safetensors"), {
      name: "BadInput",
      message: `Cannot read x.safetensors: ${message}`,
    });
  });
}

Deno.test("decodeSafeTensors() accepts any order of arrays in the header", () => {
  const header = JSON.stringify({
    b: { dtype: "F32", shape: [], data_offsets: [4, 8] },
    none: { dtype: "F32", shape: [0], data_offsets: [4, 4] },
    a: { dtype: "F32", shape: [], data_offsets: [0, 4] },
  });
  const bytes = fileOf(header, 8);
  const view = new DataView(bytes.buffer);
  view.setFloat32(8 + header.length, 1, true);
  view.setFloat32(12 + header.length, 2, true);
  const { arrays } = decodeSafeTensors(bytes, "x");
  assert.deepEqual([arrays.a.data[0], arrays.b.data[0]], [1, 2]);
});

Deno.test("decodeSafeTensors() skips excluded arrays of any type", () => {
  const header = JSON.stringify({
    a: { dtype: "F32", shape: [1], data_offsets: [8, 12] },
    "bn.count": { dtype: "I64", shape: [], data_offsets: [0, 8] },
  });
  const bytes = fileOf(header, 12);
  const decode = (isLeftOut?: (name: string) => boolean) =>
    decodeSafeTensors(bytes, "x", isLeftOut);
  assert.deepEqual(decode((name) => name === "bn.count").arrays, {
    a: { shape: [1], data: Float32Array.of(0) },
  });
  assert.throws(() => decode(), {
    name: "BadInput",
    message:
      "Cannot read x: array bn.count is I64 but must be one of F64, F32, " +
      "F16, BF16",
  });
});

Deno.test("decodeSafeTensors() reads float64, float16 and bfloat16 as float32", () => {
  // -2.5 and 0.1, which has no exact value in any of these types.
  const [double, single] = [Float64Array.of(-2.5, 0.1), Math.fround(0.1)];
  const half = Float16Array.of(-2.5, 0.1);
  // The upper 16 bits of float32: 0xc020 is -2.5, 0x3dcd is 0.10009765625.
  const upper = Uint16Array.of(0xc020, 0x3dcd);
  const types: [string, ArrayBufferView, number][] = [
    ["F64", double, single],
    ["F16", half, 0.0999755859375],
    ["BF16", upper, 0.10009765625],
  ];
  for (const [dtype, { buffer, byteLength }, second] of types) {
    const a = { dtype, shape: [2], data_offsets: [0, byteLength] };
    const header = JSON.stringify({ a });
    const bytes = fileOf(header, byteLength);
    bytes.set(new Uint8Array(buffer as ArrayBuffer), 8 + header.length);
    const { data } = decodeSafeTensors(bytes, "x").arrays.a;
    assert.deepEqual(data, Float32Array.of(-2.5, second), dtype);
  }
});

/** A header and a number of zero bytes. */
function fileOf(header: string, body: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + header.length + body);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  return bytes;
}
