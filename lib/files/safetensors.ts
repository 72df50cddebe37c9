import { z } from "zod";
import { BadInput } from "../bad_input.ts";
import type { NpyData } from "./npy_types.ts";
import { shown } from "./quoted.ts";
import { parseJson } from "./read_json.ts";
import { TENSOR_TYPES, tensorType } from "./tensor_types.ts";

/** A float32 array with its shape. */
export interface NamedArray {
  /** Length of each axis; empty for a single number. */
  readonly shape: readonly number[];
  /** The numbers in row-major order. */
  readonly data: Float32Array;
}

/** The content of a safetensors file. */
export interface SafeTensors {
  /** Arrays by name. */
  readonly arrays: Readonly<Record<string, NamedArray>>;
  /** Text by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

const COUNT = z.int().min(0);

/** Schema of the entry of an array; unknown keys are dropped. */
const ENTRY = z.object({
  dtype: z.string(),
  shape: z.array(COUNT),
  data_offsets: z.tuple([COUNT, COUNT]),
});

type Entry = z.output<typeof ENTRY>;

/** Schema of the JSON header: entries and metadata by name. */
const HEADER = z.object({
  __metadata__: z.record(z.string(), z.string()).default({}),
}).catchall(ENTRY);

/**
 * Encodes arrays as a safetensors file: the length of the header in 8 bytes, a JSON
 * header, then the little-endian bytes of the arrays.
 *
 * @param content arrays and metadata, by name
 * @returns the bytes of the file
 * @see https://github.com/huggingface/safetensors#format
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import {
 *   decodeSafeTensors,
 *   encodeSafeTensors,
 * } from "@ils/label-smoothing/files";
 * const bias = { shape: [2], data: Float32Array.of(1, 2) };
 * const content = { arrays: { bias }, metadata: { epoch: "3" } };
 * const bytes = encodeSafeTensors(content);
 * deepStrictEqual(decodeSafeTensors(bytes, "a.safetensors"), content);
 * ```
 */
export function encodeSafeTensors(
  content: SafeTensors,
): Uint8Array<ArrayBuffer> {
  const { arrays, metadata } = content;
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(arrays)) {
    const end = offset + data.byteLength;
    header[name] = { dtype: "F32", shape, data_offsets: [offset, end] };
    offset = end;
  }
  let text = JSON.stringify(header);
  // The arrays start at a multiple of 8 bytes.
  text += " ".repeat((8 - new TextEncoder().encode(text).length % 8) % 8);
  const head = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + head.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  let position = 8 + head.length;
  for (const { data } of Object.values(arrays)) {
    bytes.set(
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      position,
    );
    position += data.byteLength;
  }
  return bytes;
}

/** Types whose numbers become float32. */
const REAL_TYPES = Object.keys(TENSOR_TYPES)
  .filter((name) => TENSOR_TYPES[name].kind === "real");

/**
 * Decodes a safetensors file of floating-point arrays, which become float32.
 *
 * @param bytes the complete file
 * @param source name of the file in messages
 * @param isExcluded whether to skip an array, which may have any type (none)
 * @throws {BadInput} if the bytes are not a complete safetensors file of float64,
 * float32, float16 or bfloat16 arrays
 *
 * @example
 * ```ts
 * import { throws } from "node:assert/strict";
 * import { decodeSafeTensors } from "@ils/label-smoothing/files";
 * throws(() => decodeSafeTensors(new Uint8Array(4), "a.safetensors"), {
 *   name: "BadInput",
 *   message: "Cannot read a.safetensors: it is not a safetensors file",
 * });
 * ```
 */
export function decodeSafeTensors(
  bytes: Uint8Array,
  source: string,
  isExcluded: (name: string) => boolean = () => false,
): SafeTensors {
  const refuse = (reason: string): never => {
    throw new BadInput(`Cannot read ${source}: ${reason}`);
  };
  const { header, start } = readHeader(bytes, source, refuse);
  const { __metadata__: metadata, ...described } = header;
  const arrays: [string, NamedArray][] = [];
  for (const tensor of layOut(bytes, described, start, refuse)) {
    const { name, dtype, shape, data } = tensor;
    if (isExcluded(name)) continue;
    const type = tensorType(dtype);
    if (type?.kind !== "real") {
      const allowed = REAL_TYPES.join(", ");
      return refuse(
        `array ${shown(name)} is ${shown(dtype)} but must be one of ${allowed}`,
      );
    }
    arrays.push([name, { shape, data: asFloat32(type.decode(data())) }]);
  }
  // Not by assignment, which would not store an array called __proto__.
  return { arrays: Object.fromEntries(arrays), metadata };
}

/** The description and the bytes of an array in a safetensors file. */
export interface StoredTensor {
  readonly name: string;
  /** Type of the numbers, such as `F32` or `BF16`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** A copy of the bytes. */
  readonly data: () => Uint8Array<ArrayBuffer>;
}

/**
 * The arrays in a safetensors file, of any types, in the order of their bytes.
 *
 * @param bytes the complete file
 * @param source name of the file in messages
 * @throws {BadInput} if the bytes are not a complete safetensors file
 */
export function storedTensors(
  bytes: Uint8Array,
  source: string,
): StoredTensor[] {
  const refuse = (reason: string): never => {
    throw new BadInput(`Cannot read ${source}: ${reason}`);
  };
  const { header, start } = readHeader(bytes, source, refuse);
  const { __metadata__: _, ...described } = header;
  return layOut(bytes, described, start, refuse);
}

/** The numbers of a floating-point array, rounded to float32. */
function asFloat32(data: NpyData): Float32Array {
  return data instanceof Float32Array
    ? data
    : Float32Array.from(data as Float64Array);
}

/** Finds the bytes of each array; throws unless they fill the file. */
function layOut(
  bytes: Uint8Array,
  described: Readonly<Record<string, Entry>>,
  start: number,
  refuse: Refuse,
): StoredTensor[] {
  const entries = Object.entries(described)
    .map(([name, entry]) => ({ name, ...entry }))
    .sort(byOffset);
  let end = start;
  const tensors = entries.map(({ name, dtype, shape, data_offsets }) => {
    const [from, to] = data_offsets.map((offset) => start + offset);
    const count = shape.reduce((a, b) => a * b, 1);
    const size = tensorType(dtype)?.size;
    const length = size === undefined ? to - from : size * count;
    if (to - from !== length || to > bytes.length || to < from) {
      refuse(`array ${shown(name)} is cut short or has a wrong shape`);
    }
    if (from !== end) {
      refuse(
        `array ${shown(name)} does not begin at the end of the one before it`,
      );
    }
    end = to;
    // A copy, because an array of numbers must start at a multiple of their size.
    const data = () => new Uint8Array(bytes.subarray(from, to));
    return { name, dtype, shape, data };
  });
  if (end !== bytes.length) refuse("it has excess bytes");
  return tensors;
}

type Refuse = (reason: string) => never;

function readHeader(bytes: Uint8Array, source: string, refuse: Refuse) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8 ? NaN : Number(view.getBigUint64(0, true));
  const start = 8 + length;
  if (!(start <= bytes.length)) refuse("it is not a safetensors file");
  const text = new TextDecoder().decode(bytes.subarray(8, start));
  const header = parseJson(text, HEADER, `Cannot read ${source}: header`);
  return { header, start };
}

/** Sorts by offset; an empty array comes first. */
function byOffset({ data_offsets: a }: Entry, { data_offsets: b }: Entry) {
  return a[0] - b[0] || a[1] - b[1];
}
