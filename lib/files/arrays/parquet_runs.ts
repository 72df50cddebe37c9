/** What a list of runs contains. */
export interface RunsOptions {
  /** Bits of a value. */
  readonly width: number;
  /** Number of values. */
  readonly count: number;
  /** Length in bytes; by default it comes first, in 4 bytes. */
  readonly length?: number;
  /** Whether there may be fewer values, as where some are missing (false). */
  readonly mayBeFewer?: boolean;
}

/**
 * Checks a list of runs in Parquet's hybrid encoding: repeated values, and groups of
 * eight packed values.
 *
 * @returns the offset of the bytes after it
 * @throws {RangeError} if it has too many values or too few, or is cut short
 * @see https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
 */
export function checkRuns(
  bytes: Uint8Array,
  start: number,
  { width, count, length, mayBeFewer = false }: RunsOptions,
): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = length === undefined ? start + 4 : start;
  const end = from + (length ?? view.getUint32(start, true));
  if (end > bytes.length) throw damaged();
  let at = from;
  let seen = 0;
  while (seen < count && (at < end || !mayBeFewer)) {
    const header = headerAt(bytes, at);
    at = header.end;
    const isPacked = header.value % 2 === 1;
    const run = Math.floor(header.value / 2);
    const values = isPacked ? 8 * run : run;
    at += isPacked ? run * width : Math.ceil(width / 8);
    // Packed values are complete groups, whose last values may be unused.
    const most = count - seen + (isPacked ? 7 : 0);
    if (run === 0 || values > most || at > bytes.length) throw damaged();
    seen += values;
  }
  return end;
}

/** A number of up to 31 bits: the reader's own numbers are signed. */
function headerAt(bytes: Uint8Array, start: number) {
  let value = 0;
  for (let i = 0; i < 5 && start + i < bytes.length; i++) {
    const byte = bytes[start + i];
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80 && value < 2 ** 31) return { value, end: start + i + 1 };
    if (byte < 0x80) break;
  }
  throw damaged();
}

function damaged(): RangeError {
  return new RangeError("its pages are damaged");
}
