/** Rows of numbers, one after the other. */
export interface NumberRows {
  /** `[rows, columns]`, row-major. */
  readonly data: Uint8Array | Float32Array | Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/**
 * A hash of 53 bits of each row: the same for rows whose numbers agree in float32.
 *
 * @returns `[rows]`, whole numbers
 */
export function rowKeys({ data, rows, columns }: NumberRows): Float64Array {
  if (data instanceof Uint8Array) return wordKeys(...wordsOf(data, columns));
  const row = new Float32Array(columns);
  const words = new Uint32Array(row.buffer);
  const keys = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    // Adding 0 makes a negative zero positive.
    for (let k = 0; k < columns; k++) row[k] = data[i * columns + k] + 0;
    keys[i] = keyOf(words, 0, columns);
  }
  return keys;
}

/** Bytes as words of four, if each row has whole words. */
function wordsOf(
  bytes: Uint8Array,
  columns: number,
): [words: Uint8Array | Uint32Array, columns: number] {
  const { buffer, byteOffset, length } = bytes;
  if (columns % 4 !== 0 || byteOffset % 4 !== 0) return [bytes, columns];
  return [new Uint32Array(buffer, byteOffset, length / 4), columns / 4];
}

function wordKeys(
  words: Uint8Array | Uint32Array,
  columns: number,
): Float64Array {
  return Float64Array.from(
    { length: words.length / columns },
    (_, i) => keyOf(words, i * columns, (i + 1) * columns),
  );
}

function keyOf(
  words: Uint8Array | Uint32Array,
  from: number,
  to: number,
): number {
  let high = 0x811c9dc5;
  let low = 0x9747b28c;
  for (let at = from; at < to; at++) {
    high = Math.imul(high ^ words[at], 0x01000193);
    high ^= high >>> 15;
    low = Math.imul(low ^ words[at], 0x85ebca6b);
    low ^= low >>> 13;
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
