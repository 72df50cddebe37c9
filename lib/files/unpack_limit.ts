/** Size in bytes up to which any content is unpacked, however small its file. */
const ALWAYS_BYTES = 2 ** 30;

/** Content beyond that size may be this many times as large as its file. */
const MOST_RATIO = 100;

/**
 * Largest size in bytes to which a compressed file, or a part of it, is unpacked:
 * 1 GiB, or 100 times its own size if that is more. It bounds the memory that a small,
 * malicious file can take. Arrays of real numbers shrink to about a half; the largest
 * ratios of honest data, near 1,000, are those of one-hot rows and sorted labels.
 */
export function unpackLimit(packedBytes: number): number {
  return Math.max(ALWAYS_BYTES, MOST_RATIO * packedBytes);
}

/** The reason in messages about content beyond `unpackLimit()`. */
export const TOO_LARGE =
  `unpacked it is larger than ${ALWAYS_BYTES / 2 ** 30} GiB and ` +
  `${MOST_RATIO} times the file`;

/** Whether an error of node:zlib means that content exceeds `maxOutputLength`. */
export function isTooLarge(error: unknown): boolean {
  return (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE";
}
