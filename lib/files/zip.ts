import { constants, crc32, inflateRawSync, type ZlibOptions } from "node:zlib";
import { BadInput } from "../bad_input.ts";
import { TOO_LARGE, unpackLimit } from "./unpack_limit.ts";
import { quoted } from "./quoted.ts";

/** A file in a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** Compression: 0 for stored, 8 for deflated. */
  readonly method: number;
  /** CRC-32 of the content. */
  readonly crc: number;
  /** Offset of its bytes in the archive. */
  readonly start: number;
  /** Size in bytes in the archive. */
  readonly packed: number;
  /** Size of the content in bytes. */
  readonly size: number;
}

type Bytes = Uint8Array<ArrayBuffer>;
type Fail = (how: string) => never;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const END_BYTES = 22;
const LOCATOR64_BYTES = 20;
/** Placeholder of a number that is in the zip64 field. */
const ELSEWHERE = 0xffffffff;
/** Largest compression ratio of deflate. */
const MOST_INFLATION = 1032;
/** Number of compressed bytes that `peekZip` decompresses. */
const PEEKED = 2 ** 14;

/**
 * The files in the directory of a zip archive, including large ones (zip64).
 *
 * @param source name of the archive in messages
 * @throws {BadInput} if it is damaged or incomplete
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT section 4.3
 */
export function readZip(archive: Bytes, source: string): ZipEntry[] {
  const fail: Fail = (how) => {
    throw new BadInput(
      `Cannot read ${source}: it is a damaged archive, ${how}`,
    );
  };
  const view = new DataView(
    archive.buffer,
    archive.byteOffset,
    archive.byteLength,
  );
  try {
    const { count, start } = readEnd(view, fail);
    const entries: ZipEntry[] = [];
    for (let i = 0, at = start; i < count; i++) {
      if (view.getUint32(at, true) !== CENTRAL) fail("its directory is broken");
      const { entry, end } = readEntry(view, at, fail);
      entries.push(entry);
      at = end;
    }
    return entries;
  } catch (error) {
    // A number beyond the end of the archive.
    if (error instanceof RangeError) fail("it is cut short");
    throw error;
  }
}

/** The number of entries in the directory and its offset. */
function readEnd(view: DataView, fail: Fail): { count: number; start: number } {
  for (
    let at = view.byteLength - END_BYTES;
    at >= Math.max(0, view.byteLength - END_BYTES - 0xffff);
    at--
  ) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) !== view.byteLength) {
      continue;
    }
    const count = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 16, true);
    if (count !== 0xffff && start !== ELSEWHERE) return { count, start };
    const locator = at - LOCATOR64_BYTES;
    if (view.getUint32(locator, true) !== LOCATOR64) return { count, start };
    const end = longAt(view, locator + 8);
    if (view.getUint32(end, true) !== END64) fail("its directory is broken");
    return { count: longAt(view, end + 32), start: longAt(view, end + 48) };
  }
  return fail("it has no directory");
}

function readEntry(view: DataView, at: number, fail: Fail) {
  const flags = view.getUint16(at + 8, true);
  const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true));
  const [nameLength, extraLength, commentLength] = lengths;
  const nameStart = at + 46;
  const extraStart = nameStart + nameLength;
  const decoder = new TextDecoder(flags & 0x800 ? "utf-8" : "latin1");
  const name = decoder.decode(bytesAt(view, nameStart, nameLength));
  const numbers = [24, 20, 42].map((field) => view.getUint32(at + field, true));
  const extra = { start: extraStart, end: extraStart + extraLength };
  const [size, packed, local] = withLong(view, numbers, extra, fail);
  const shown = quoted(name);
  if (view.getUint32(local, true) !== LOCAL) {
    fail(`${shown} is not at its offset`);
  }
  if (flags & 1) fail(`${shown} is encrypted`);
  const start = local + 30 + view.getUint16(local + 26, true) +
    view.getUint16(local + 28, true);
  const method = view.getUint16(at + 10, true);
  if (method !== 0 && method !== 8) {
    fail(
      `${shown} must be stored or deflated but has method ${method}`,
    );
  }
  const fits = method === 0 ? size === packed : size <= packed * MOST_INFLATION;
  if (!fits || start + packed > view.byteLength) {
    fail(`${shown} cannot have ${size} bytes`);
  }
  if (size > unpackLimit(packed)) fail(`${shown}: ${TOO_LARGE}`);
  const crc = view.getUint32(at + 16, true);
  return {
    entry: { name, method, crc, start, packed, size },
    end: extra.end + commentLength,
  };
}

/** Replaces numbers that do not fit into 32 bits by those of the zip64 field. */
function withLong(
  view: DataView,
  numbers: readonly number[],
  { start, end }: { readonly start: number; readonly end: number },
  fail: Fail,
): number[] {
  if (!numbers.includes(ELSEWHERE)) return [...numbers];
  for (let at = start; at + 4 <= end;) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1) {
      let next = at + 4;
      return numbers.map((number) => {
        if (number !== ELSEWHERE) return number;
        next += 8;
        return longAt(view, next - 8);
      });
    }
    at += 4 + length;
  }
  return fail("a size is missing");
}

function longAt(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function bytesAt(view: DataView, start: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + start, length);
}

/**
 * The first bytes of a file in an archive, without decompressing all of it.
 *
 * @param source name of the file in messages
 * @throws {BadInput} if they are damaged
 */
export function peekZip(
  archive: Bytes,
  entry: ZipEntry,
  source: string,
): Bytes {
  const length = Math.min(entry.packed, PEEKED);
  const packed = archive.subarray(entry.start, entry.start + length);
  return entry.method === 0
    ? packed
    : inflate(packed, source, { finishFlush: constants.Z_SYNC_FLUSH });
}

/**
 * The content of a file in an archive.
 *
 * @param source name of the file in messages
 * @throws {BadInput} if it is damaged
 */
export function openZip(
  archive: Bytes,
  { method, crc, start, packed, size }: ZipEntry,
  source: string,
): Bytes {
  const bytes = archive.subarray(start, start + packed);
  const content = method === 0
    ? bytes
    : inflate(bytes, source, { maxOutputLength: Math.max(size, 1) });
  if (content.length === size && crc32(content) === crc) return content;
  throw damaged(source);
}

function inflate(bytes: Bytes, source: string, options: ZlibOptions): Bytes {
  try {
    return inflateRawSync(bytes, options);
  } catch {
    throw damaged(source);
  }
}

/** The same error whichever check a decompressor makes first. */
function damaged(source: string): BadInput {
  return new BadInput(
    `Cannot read ${source}: it is damaged (wrong checksum)`,
  );
}
