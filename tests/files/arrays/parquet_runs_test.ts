import assert from "node:assert/strict";
import { checkRuns } from "../../../lib/files/arrays/parquet_runs.ts";
import { readThrift } from "../../../lib/files/arrays/thrift.ts";

const check = (bytes: number[], count: number, mayBeFewer = false) =>
  checkRuns(Uint8Array.from(bytes), 0, {
    width: 1,
    count,
    length: bytes.length,
    mayBeFewer,
  });

Deno.test("checkRuns() accepts repeated and packed values", () => {
  // Five times the value 1, then a group of eight packed bits.
  assert.equal(check([5 << 1, 1, (1 << 1) | 1, 0b1010], 13), 4);
  // The last group may be longer than the values.
  assert.equal(check([5 << 1, 1, (1 << 1) | 1, 0b1010], 6), 4);
});

Deno.test("checkRuns() refuses a run with more values than there are", () => {
  // 2^27 values in five bytes would fill the memory of a reader that trusts it.
  assert.throws(() => check([0x80, 0x80, 0x80, 0x80, 1, 1], 13), RangeError);
  assert.throws(() => check([6 << 1, 1], 5), RangeError);
  assert.throws(() => check([(3 << 1) | 1, 0, 0, 0], 13), RangeError);
});

Deno.test("checkRuns() refuses too few values, unless some may be missing", () => {
  assert.throws(() => check([5 << 1, 1], 13), RangeError);
  assert.equal(check([5 << 1, 1], 13, true), 2);
});

Deno.test("checkRuns() refuses runs of nothing and lists that are cut short", () => {
  assert.throws(() => check([0, 0, 0, 0], 13), RangeError);
  assert.throws(() => check([(1 << 1) | 1], 8), RangeError);
  const bytes = Uint8Array.of(9, 0, 0, 0, 2, 1);
  assert.throws(() => checkRuns(bytes, 0, { width: 1, count: 1 }), RangeError);
});

Deno.test("readThrift() reads numbers and structs, and skips texts and lists", () => {
  const struct = [
    0x15,
    6,
    0x18,
    2,
    97,
    98,
    0x19,
    0x25,
    2,
    4,
    0x1c,
    0x15,
    3,
    0,
    0,
  ];
  const { numbers, structs, end } = readThrift(Uint8Array.from(struct), 0);
  assert.equal(end, struct.length);
  assert.deepEqual([...numbers], [[1, 3]]);
  assert.deepEqual([...structs.get(4)!.numbers], [[1, -2]]);
});

const DAMAGED: Readonly<Record<string, number[]>> = {
  "no end": [0x15, 6],
  "a number without an end": [0x16, ...Array(64).fill(0x80), 1, 0],
  "a list longer than the file": [0x19, 0xf5, 0xff, 0xff, 0xff, 0x7f, 0],
  "a text longer than the file": [0x18, 40, 97, 0],
  "an unknown type": [0x1f, 0],
  "structs within structs without an end": Array(100_000).fill(0x1c),
  "lists within lists without an end": Array(100_000).fill(0x19),
};

for (const [name, bytes] of Object.entries(DAMAGED)) {
  Deno.test(`readThrift() refuses a struct with ${name}`, () => {
    assert.throws(() => readThrift(Uint8Array.from(bytes), 0), {
      name: "RangeError",
      message: "its metadata are damaged",
    });
  });
}
