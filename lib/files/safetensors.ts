import { z } from "zod";
import { BadInput } from "../bad_input.ts";
import { parseJson } from "./read_json.ts";

/** A float32 array with its shape. */
export interface NamedArray {
  /** Length of each axis; empty for a single number. */
  readonly shape: readonly number[];
  /** The numbers in row-major order. */
  readonly data: Float32Array;
}

/** What a safetensors file holds: arrays by name, and text by name. */
export interface SafeTensors {
  readonly arrays: Readonly<Record<string, NamedArray>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const COUNT = z.int().min(0);

/** Describes one array; keys that the format does not define are dropped. */
const ENTRY = z.object({
  dtype: z.string(),
  shape: z.array(COUNT),
  data_offsets: z.tuple([COUNT, COUNT]),
});

type Entry = z.output<typeof ENTRY>;

/** Schema of a file's JSON header: an entry by name, and text by name. */
const HEADER = z.object({
  __metadata__: z.record(z.string(), z.string()).default({}),
}).catchall(ENTRY);

/**
 * The bytes of a safetensors file: a length of 8 bytes, a JSON header, then
 * the arrays' little-endian bytes one after the other.
 *
 * @see https://github.com/huggingface/safetensors#format
 */
export function encodeSafeTensors(
  { arrays, metadata }: SafeTensors,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(arrays)) {
    const end = offset + data.byteLength;
    header[name] = { dtype: "F32", shape, data_offsets: [offset, end] };
    offset = end;
  }
  let text = JSON.stringify(header);
  // The arrays start on a multiple of 8 bytes.
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

/**
 * Reads a safetensors file of float32 arrays, such as `encodeSafeTensors`
 * writes.
 *
 * @param source the file's name, for messages
 * @param isLeftOut names of arrays to pass over, which may be of any type
 * @throws {BadInput} if the bytes are no whole safetensors file of float32
 */
export function decodeSafeTensors(
  bytes: Uint8Array,
  source: string,
  isLeftOut: (name: string) => boolean = () => false,
): SafeTensors {
  const refuse = (reason: string): never => {
    throw new BadInput(`Cannot read ${source}: ${reason}`);
  };
  const { header, start } = readHeader(bytes, source, refuse);
  const { __metadata__: metadata, ...described } = header;
  const entries = Object.entries(described)
    .map(([name, entry]) => ({ name, leftOut: isLeftOut(name), ...entry }))
    .sort(byPlace);
  const foreign = entries.find(({ leftOut, dtype }) =>
    !leftOut && dtype !== "F32"
  );
  if (foreign !== undefined) {
    const { name, dtype } = foreign;
    return refuse(`array ${name} is ${dtype}, and must be F32`);
  }
  const arrays: Record<string, NamedArray> = {};
  let end = start;
  for (const { name, leftOut, shape, data_offsets: [from, to] } of entries) {
    const size = leftOut ? to - from : 4 * shape.reduce((a, b) => a * b, 1);
    if (to - from !== size || start + to > bytes.length || to < from) {
      refuse(`array ${name} is cut short or has a wrong shape`);
    }
    if (start + from !== end) {
      refuse(`array ${name} does not begin where the one before it ends`);
    }
    end = start + to;
    if (leftOut) continue;
    // A copy, since an array must start on a multiple of 4 bytes.
    const own = new Uint8Array(bytes.subarray(start + from, end));
    arrays[name] = { shape, data: new Float32Array(own.buffer) };
  }
  if (end !== bytes.length) refuse("there are bytes left over");
  return { arrays, metadata };
}

type Refuse = (reason: string) => never;

function readHeader(bytes: Uint8Array, source: string, refuse: Refuse) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8 ? NaN : Number(view.getBigUint64(0, true));
  const start = 8 + length;
  if (!(start <= bytes.length)) refuse("it is no safetensors file");
  const text = new TextDecoder().decode(bytes.subarray(8, start));
  const header = parseJson(text, HEADER, `Cannot read ${source}: header`);
  return { header, start };
}

/** In the order of their bytes; an empty array goes ahead of a full one. */
function byPlace({ data_offsets: a }: Entry, { data_offsets: b }: Entry) {
  return a[0] - b[0] || a[1] - b[1];
}
