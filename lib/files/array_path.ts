/** The location of an array: a file and, in an archive, possibly a key. */
export interface ArrayPath {
  readonly file: string;
  readonly key: string | undefined;
}

/** Endings of files that may contain several arrays or columns. */
const WITH_KEYS = [
  ...["npz", "safetensors", "parquet", "csv", "tsv", "txt", "mat"],
];

/** Endings of the files that `openArrays()` reads. */
export const ARRAY_ENDINGS = ["npy", ...WITH_KEYS];

const KEYED = new RegExp(`^(.+?\\.(?:${WITH_KEYS.join("|")})):(.+)$`, "is");

const ARRAY_FILE = new RegExp(`\\.(?:${ARRAY_ENDINGS.join("|")})$`, "i");

/**
 * Splits `file.npz:key` into file and key, where the file is an archive or a table; any
 * other path is a file without a key.
 */
export function parseArrayPath(path: string): ArrayPath {
  const found = KEYED.exec(path);
  return found === null
    ? { file: path, key: undefined }
    : { file: found[1], key: found[2] };
}

/** Whether a path is that of an array or table: `.npy`, `.npz:key`, `.csv` and others. */
export function isArrayPath(path: string): boolean {
  return ARRAY_FILE.test(parseArrayPath(path).file);
}
