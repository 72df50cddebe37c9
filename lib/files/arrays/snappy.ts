/**
 * Decodes a block of Snappy.
 *
 * @param size number of decoded bytes
 * @throws {RangeError} if the block is damaged or has another size
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
export function decodeSnappy(
  block: Uint8Array,
  size: number,
): Uint8Array<ArrayBuffer> {
  const { length, next } = preamble(block);
  if (length !== size) throw damaged();
  const output = new Uint8Array(size);
  let at = next;
  let to = 0;
  while (at < block.length) {
    const element = elementAt(block, at);
    const { copied, from, end } = element;
    if (to + copied > size || end > block.length) throw damaged();
    if (element.isLiteral) output.set(block.subarray(from, end), to);
    else copyBack(output, to, element);
    to += copied;
    at = end;
  }
  if (to !== size) throw damaged();
  return output;
}

/** A literal in the block, or a copy of earlier output. */
interface Element {
  readonly isLiteral: boolean;
  /** Number of bytes of output. */
  readonly copied: number;
  /** Of a literal, its offset in the block; of a copy, its distance backwards. */
  readonly from: number;
  /** Offset in the block of the next element. */
  readonly end: number;
}

function elementAt(block: Uint8Array, at: number): Element {
  const tag = block[at];
  const kind = tag & 3;
  const high = tag >>> 2;
  if (kind === 0) {
    const extra = Math.max(0, high - 59);
    const copied = 1 + (extra === 0 ? high : numberAt(block, at + 1, extra));
    const from = at + 1 + extra;
    return { isLiteral: true, copied, from, end: from + copied };
  }
  if (kind === 1) {
    const from = (tag >>> 5) * 256 + numberAt(block, at + 1, 1);
    return { isLiteral: false, copied: 4 + (high & 7), from, end: at + 2 };
  }
  const bytes = kind === 2 ? 2 : 4;
  const from = numberAt(block, at + 1, bytes);
  return { isLiteral: false, copied: 1 + high, from, end: at + 1 + bytes };
}

/** Copies byte by byte, because a copy may overlap its own output. */
function copyBack(
  output: Uint8Array,
  to: number,
  { copied, from: distance }: Element,
): void {
  if (distance === 0 || distance > to) throw damaged();
  for (let i = to; i < to + copied; i++) output[i] = output[i - distance];
}

/** The number of decoded bytes, as a variable-length number of up to 32 bits. */
function preamble(block: Uint8Array): { length: number; next: number } {
  let length = 0;
  for (let i = 0; i < 5 && i < block.length; i++) {
    length += (block[i] & 0x7f) * 2 ** (7 * i);
    if (block[i] < 0x80) return { length, next: i + 1 };
  }
  throw damaged();
}

function numberAt(block: Uint8Array, at: number, bytes: number): number {
  if (at + bytes > block.length) throw damaged();
  let number = 0;
  for (let i = 0; i < bytes; i++) number += block[at + i] * 2 ** (8 * i);
  return number;
}

function damaged(): RangeError {
  return new RangeError("a block of Snappy is damaged");
}
