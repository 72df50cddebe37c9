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
  unzlibSync,
} from "fflate";

type Bytes = Uint8Array<ArrayBuffer>;

/** How `inflateRawSync()` ends. */
export interface InflateOptions {
  /** `Z_SYNC_FLUSH` for data that are cut short. */
  readonly finishFlush?: number;
  /** Size in bytes above which data are refused. */
  readonly maxOutputLength?: number;
}

/** Constants of zlib. */
export const constants = { Z_SYNC_FLUSH: 2 } as const;

/** Decompresses raw deflate. */
export function inflateRawSync(
  bytes: Bytes,
  { finishFlush, maxOutputLength }: InflateOptions = {},
): Bytes {
  if (finishFlush === constants.Z_SYNC_FLUSH) return startOf(bytes);
  if (maxOutputLength === undefined) return inflateRaw(bytes);
  // One more byte shows whether there are too many.
  const out = new Uint8Array(maxOutputLength + 1);
  const content = inflateRaw(bytes, { out });
  if (content.length <= maxOutputLength) return content;
  throw new RangeError(`there are more than ${maxOutputLength} bytes`);
}

/** What the start of deflated data contains. */
function startOf(bytes: Bytes): Bytes {
  let start: Bytes = new Uint8Array();
  const stream = new Inflate((part) => start = part.slice());
  stream.push(bytes, false);
  return start;
}

/** Decompresses data in zlib's format. */
export function inflateSync(bytes: Bytes): Bytes {
  const content = unzlibSync(bytes);
  const sum = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4);
  checkSum(adler32(content) === sum.getUint32(0));
  return content;
}

/** Decompresses gzip. */
export function gunzipSync(bytes: Bytes): Bytes {
  const content = gunzip(bytes);
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

function unsupported(codec: string): Error {
  return new Error(
    `a browser cannot unpack ${codec}; save it with Snappy or gzip, or use ` +
      "the command line",
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
