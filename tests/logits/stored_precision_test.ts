import { strictEqual } from "node:assert/strict";
import { bfloat16ToFloat32 } from "../../lib/files/bfloat16.ts";
import { storedPrecision } from "../../lib/logits/stored_precision.ts";

const precisionOf = (data: Float32Array | Float64Array) =>
  storedPrecision({ data, rows: 1, columns: data.length });

Deno.test("storedPrecision() knows every number of bfloat16", () => {
  const all = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i);
  const numbers = bfloat16ToFloat32(all).filter((x) => !Number.isNaN(x));
  strictEqual(precisionOf(numbers), 2 ** -7);
});

Deno.test("storedPrecision() knows every number of float16", () => {
  const all = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i);
  const numbers = Float32Array.from(new Float16Array(all.buffer))
    .filter((x) => !Number.isNaN(x));
  strictEqual(precisionOf(numbers), 2 ** -10);
});

Deno.test("storedPrecision() is that of float32 if one number needs more bits", () => {
  for (
    const more of [0.1, 1 + 2 ** -11, 65536, 2 ** -25, 2 ** -23 + 2 ** -25]
  ) {
    // 1 + 2^-10 is no number of bfloat16.
    strictEqual(precisionOf(Float32Array.of(1 + 2 ** -10, more)), 2 ** -23);
  }
});

Deno.test("storedPrecision() of float64 is that of float32", () => {
  strictEqual(precisionOf(Float64Array.of(0.5, 0.5)), 2 ** -23);
});
