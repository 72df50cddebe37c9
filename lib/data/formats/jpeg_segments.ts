import { Buffer } from "node:buffer";
import { isRestart } from "./jpeg_bits.ts";

/** Markers of segments: ITU-T T.81, table B.1. */
export const MARKER = {
  startOfImage: 0xd8,
  endOfImage: 0xd9,
  startOfScan: 0xda,
  huffmanTables: 0xc4,
  restartInterval: 0xdd,
} as const;

/** A segment of a JPEG file. */
export interface JpegSegment {
  /** Second byte of its marker. */
  readonly marker: number;
  /** Its parameters, without marker and length. */
  readonly content: Uint8Array;
  /** Offset of the byte after it. */
  readonly end: number;
  /** Offset of the marker after the data of a scan, `end` of other segments. */
  readonly dataEnd: number;
}

/**
 * The segments of a JPEG file up to its end marker, which is the last, or up to where
 * it is cut short. Thumbnails in segments and what follows the end marker, such as the
 * clip of a phone, are not looked at.
 */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = markerAt(file, 2); at < bytes.length;) {
    const marker = bytes[at + 1];
    at += 2;
    if (marker === MARKER.endOfImage) {
      const content = bytes.subarray(at, at);
      yield { marker, content, end: at, dataEnd: at };
      return;
    }
    if (hasLength(marker)) {
      if (at + 2 > bytes.length) return;
      const end = at + file.readUInt16BE(at);
      if (end < at + 2 || end > bytes.length) return;
      const isScan = marker === MARKER.startOfScan;
      const dataEnd = isScan ? scanEnd(file, end) : end;
      yield { marker, content: bytes.subarray(at + 2, end), end, dataEnd };
      at = dataEnd;
    }
    at = markerAt(file, at);
  }
}

/** Offset of the next marker, or the length of the file. */
function markerAt(file: Buffer, start: number): number {
  let at = file.indexOf(0xff, start);
  while (at >= 0 && file[at + 1] === 0xff) at++;
  return at < 0 || at + 1 >= file.length ? file.length : at;
}

/** Offset of the first marker that cannot be in the data of a scan. */
function scanEnd(file: Buffer, start: number): number {
  let at = start;
  while ((at = markerAt(file, at)) < file.length) {
    const marker = file[at + 1];
    if (marker !== 0 && !isRestart(marker)) return at;
    at += 2;
  }
  return file.length;
}

function hasLength(marker: number): boolean {
  return marker > 1 && !isRestart(marker) && marker !== MARKER.startOfImage;
}
