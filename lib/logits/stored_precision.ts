import type { PlainMatrix } from "../matrix_kinds.ts";

/** Distance from 1 to the next number, by type. */
const EPSILON = { bfloat16: 2 ** -7, float16: 2 ** -10, float32: 2 ** -23 };

/**
 * The machine epsilon of the type in which rows were stored: 2^-7 for bfloat16 and 2^-10
 * for float16, which are read as a Float32Array, if these types hold all its numbers
 * exactly. So they are recognised in a file of float32, too. Otherwise it is 2^-23, that
 * of float32.
 *
 * @param rows `[n, classes]`
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { matrix, storedPrecision } from "@ils/label-smoothing/logits";
 * const rounded = Float32Array.of(0.89453125, 0.10546875);
 * strictEqual(storedPrecision(matrix(rounded, 2)), 2 ** -7);
 * strictEqual(storedPrecision(matrix(Float32Array.of(0.9, 0.1), 2)), 2 ** -23);
 * ```
 */
export function storedPrecision(rows: PlainMatrix): number {
  const { data } = rows;
  if (!(data instanceof Float32Array)) return EPSILON.float32;
  if (data.every(isBfloat16)) return EPSILON.bfloat16;
  return data.every(isFloat16) ? EPSILON.float16 : EPSILON.float32;
}

// Node has had a Float16Array since version 24 only.
const number = new Float32Array(1);
const bits = new Uint32Array(number.buffer);

/** Whether the last bits of a number of float32, as many as in a mask, are 0. */
function fits(value: number, mask: number): boolean {
  number[0] = value;
  return (bits[0] & mask) === 0;
}

function isBfloat16(value: number): boolean {
  return fits(value, 0xffff);
}

function isFloat16(value: number): boolean {
  const size = Math.abs(value);
  if (size < 2 ** -14) return Number.isInteger(value * 2 ** 24);
  return (size <= 65504 || size === Infinity) && fits(value, 0x1fff);
}
