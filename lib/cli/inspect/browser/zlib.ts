/**
 * The part of `node:zlib` that readers of files need, in a page. Checksums are verified
 * as in Node; Brotli and Zstandard, which browsers cannot unpack, are refused.
 *
 * @module
 */
import {
  gunzipSync as gunzip,
  Inflate,
  inflateSync as inflateRaw,
  Unzlib,
} from "fflate";

type Bytes = Uint8Array<ArrayBuffer>;

/** Size in bytes above which data are refused. */
export interface OutputLimit {
  readonly maxOutputLength?: number;
}

/** How `inflateRawSync()` ends. */
export interface InflateOptions extends OutputLimit {
  /** `Z_SYNC_FLUSH` for data that are cut short. */
  readonly finishFlush?: number;
}

/** Constants of zlib. */
export const constants = { Z_SYNC_FLUSH: 2 } as const;

/** Decompresses raw deflate. */
export function inflateRawSync(
  bytes: Bytes,
  { finishFlush, maxOutputLength }: InflateOptions = {},
): Bytes {
  if (finishFlush === constants.Z_SYNC_FLUSH) return startOf(bytes);
  return maxOutputLength === undefined
    ? inflateRaw(bytes)
    : upTo(maxOutputLength, (out) => inflateRaw(bytes, { out }));
}

/** Unpacks into at most so many bytes; one more shows whether there are too many. */
function upTo(most: number, unpack: (out: Bytes) => Bytes): Bytes {
  const content = unpack(new Uint8Array(most + 1));
  if (content.length > most) throw tooLarge();
  return content;
}

function tooLarge(): Error {
  const code = "ERR_BUFFER_TOO_LARGE";
  return Object.assign(new RangeError("the content is too large"), { code });
}

/** What the start of deflated data contains. */
function startOf(bytes: Bytes): Bytes {
  let start: Bytes = new Uint8Array();
  const stream = new Inflate((part) => start = part.slice());
  stream.push(bytes, false);
  return start;
}

/** Packed bytes after which `inflateSync()` looks at its limit. */
const STEP = 2 ** 16;

/** Decompresses data in zlib's format. */
export function inflateSync(
  bytes: Bytes,
  { maxOutputLength = Infinity }: OutputLimit = {},
): Bytes {
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Unzlib((part) => {
    // The stream uses its memory again.
    parts.push(part.slice());
    size += part.length;
    if (size > maxOutputLength) throw tooLarge();
  });
  for (let at = 0; at < bytes.length; at += STEP) {
    const end = Math.min(at + STEP, bytes.length);
    stream.push(bytes.slice(at, end), end === bytes.length);
  }
  const content = joined(parts, size);
  const sum = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4);
  checkSum(adler32(content) === sum.getUint32(0));
  return content;
}

function joined(parts: readonly Uint8Array[], size: number): Bytes {
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Decompresses gzip. */
export function gunzipSync(
  bytes: Bytes,
  { maxOutputLength }: OutputLimit = {},
): Bytes {
  const content = maxOutputLength === undefined
    ? gunzip(bytes)
    : upTo(maxOutputLength, (out) => gunzip(bytes, { out }));
  const sum = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8);
  checkSum(crc32(content) === sum.getUint32(0, true));
  return content;
}

function checkSum(isRight: boolean): void {
  if (!isRight) throw new Error("incorrect data check");
}

/** Refuses Brotli. */
export function brotliDecompressSync(): never {
  throw unsupported("Brotli");
}

/** Refuses Zstandard. */
export function zstdDecompressSync(): never {
  throw unsupported("Zstandard");
}

/** A fault that `parquetTable()` tells as it is. */
function unsupported(codec: string): RangeError {
  return new RangeError(
    `it is compressed with ${codec}, which a browser cannot unpack; save it with ` +
      "Snappy or gzip, or use ils evaluate, which reads it",
  );
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) {
    n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  }
  return n;
});

/** The CRC-32 of bytes. */
export function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (let i = 0; i < bytes.length; i++) {
    crc = CRC_TABLE[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

/** Most bytes whose sums stay below 2^31 before a remainder is taken. */
const ADLER_STEP = 3800;
const ADLER_PRIME = 65521;

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let start = 0; start < bytes.length; start += ADLER_STEP) {
    const end = Math.min(start + ADLER_STEP, bytes.length);
    for (let i = start; i < end; i++) {
      a += bytes[i];
      b += a;
    }
    a %= ADLER_PRIME;
    b %= ADLER_PRIME;
  }
  return ((b << 16) | a) >>> 0;
}
