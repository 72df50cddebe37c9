/** The location of an array: a file and, in an archive, possibly a key. */
export interface ArrayPath {
  readonly file: string;
  readonly key: string | undefined;
}

/** Splits `file.npz:key` into file and key; any other path is a file without a key. */
export function parseArrayPath(path: string): ArrayPath {
  const found = /^(.+?\.npz):(.+)$/is.exec(path);
  return found === null
    ? { file: path, key: undefined }
    : { file: found[1], key: found[2] };
}

/** Whether a path is that of an array: `.npy`, `.npz` or `.npz:key`. */
export function isArrayPath(path: string): boolean {
  return /\.np[yz]$/i.test(parseArrayPath(path).file);
}
