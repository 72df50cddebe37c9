import { BadInput } from "./bad_input.ts";

/** A float32 array with its shape. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What a safetensors file holds: arrays by name, and text by name. */
export interface SafeTensors {
  readonly arrays: Readonly<Record<string, NamedArray>>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

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
 * Reads what `encodeSafeTensors` wrote.
 *
 * @param source the file's name, for messages
 * @throws {BadInput} if the bytes are no whole safetensors file of float32
 */
export function decodeSafeTensors(
  bytes: Uint8Array,
  source: string,
): SafeTensors {
  const { header, start } = readHeader(bytes, source);
  const arrays: Record<string, NamedArray> = {};
  let total = 0;
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, data_offsets: [from, to] } = value as Entry;
    const size = shape.reduce((a, b) => a * b, 1);
    if (dtype !== "F32") {
      throw new BadInput(
        `Cannot read ${source}: array ${name} is ${dtype}, and must be F32`,
      );
    }
    if (to - from !== 4 * size || start + to > bytes.length) {
      throw new BadInput(
        `Cannot read ${source}: array ${name} is cut short or has a wrong shape`,
      );
    }
    const data = new Float32Array(bytes.slice(start + from, start + to).buffer);
    arrays[name] = { shape, data };
    total = Math.max(total, to);
  }
  if (start + total !== bytes.length) {
    throw new BadInput(`Cannot read ${source}: there are bytes left over`);
  }
  const metadata = (header.__metadata__ ?? {}) as Record<string, string>;
  return { arrays, metadata };
}

function readHeader(bytes: Uint8Array, source: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8 ? NaN : Number(view.getBigUint64(0, true));
  const start = 8 + length;
  if (!(start <= bytes.length)) {
    throw new BadInput(`Cannot read ${source}: it is no safetensors file`);
  }
  try {
    const text = new TextDecoder().decode(bytes.subarray(8, start));
    return { header: JSON.parse(text) as Record<string, unknown>, start };
  } catch {
    throw new BadInput(`Cannot read ${source}: its header is not JSON`);
  }
}
