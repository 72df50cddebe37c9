/** Where an array lies: a file, and its key in an archive, if given. */
export interface ArrayPath {
  readonly file: string;
  readonly key: string | undefined;
}

/** Takes `file.npz:key` apart; any other path is a file's alone. */
export function parseArrayPath(path: string): ArrayPath {
  const found = /^(.+?\.npz):(.+)$/is.exec(path);
  return found === null
    ? { file: path, key: undefined }
    : { file: found[1], key: found[2] };
}

/** True for the name of an array's file: `.npy`, `.npz` or `.npz:key`. */
export function isArrayPath(path: string): boolean {
  return /\.np[yz]$/i.test(parseArrayPath(path).file);
}
