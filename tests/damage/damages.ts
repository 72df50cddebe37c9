/** Damages files, and compares folders before and after. */
import { dirname, join } from "node:path";

/** Damages the file at a path. */
export type Damage = (path: string) => Promise<void>;

/** Replaces the bytes of a file. */
export function changed(
  change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array,
): Damage {
  return async (path) =>
    await Deno.writeFile(path, change(await Deno.readFile(path)));
}

/** Keeps the first bytes: a share of the file. */
export const cutShort = (share = 0.6): Damage =>
  changed((bytes) => bytes.slice(0, Math.floor(share * bytes.length)));

/** Flips the lowest bit of the byte at an offset; from the end if it is negative. */
export const flipped = (at: number): Damage =>
  changed((bytes) => {
    bytes[at < 0 ? bytes.length + at : at] ^= 1;
    return bytes;
  });

/** Replaces the byte at an offset. */
export const numberAt = (at: number, byte: number): Damage =>
  changed((bytes) => {
    bytes[at] = byte;
    return bytes;
  });

/** Claims in the directory of a zip archive that its first file has 2 GiB. */
export const hugeZip: Damage = changed((bytes) => {
  const view = new DataView(bytes.buffer);
  let at = 0;
  while (view.getUint32(at, true) !== 0x02014b50) at++;
  view.setUint32(at + 24, 2 ** 31, true);
  return bytes;
});

export const empty: Damage = changed(() => new Uint8Array());

/** The start of an executable of Linux. */
export const foreign: Damage = changed(() =>
  Uint8Array.from({ length: 400 }, (_, i) => [0x7f, 0x45, 0x4c, 0x46][i] ?? 0)
);

/** A letter for each byte. */
export function lettersOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

/** Replaces text in a file. */
export const edited = (from: string | RegExp, to: string): Damage =>
  changed((bytes) => {
    const text = lettersOf(bytes);
    const result = text.replace(from, to);
    if (result === text) throw new Error(`the file does not contain ${from}`);
    return Uint8Array.from(result, (letter) => letter.charCodeAt(0));
  });

/** Damages another file in the same folder. */
export const beside = (name: string, damage: Damage): Damage => (path) =>
  damage(join(dirname(path), name));

export const folder: Damage = async (path) => {
  await Deno.remove(path);
  await Deno.mkdir(path);
};

export const danglingLink: Damage = async (path) => {
  await Deno.remove(path);
  await Deno.symlink(join(dirname(path), "nowhere"), path);
};

/** A file of so many bytes, all zero, that takes no space. */
export const sparse = (bytes: number): Damage => async (path) => {
  await Deno.remove(path);
  await Deno.writeFile(path, new Uint8Array());
  await Deno.truncate(path, bytes);
};

export const unreadable: Damage = async (path) => await Deno.chmod(path, 0);

/**
 * Removes a file when it is opened, after it was seen, until the end of the block.
 */
export function goneWhenOpened(path: string): Disposable {
  const { readFile, readTextFile } = Deno;
  const removed = (opened: string | URL) => {
    if (opened === path) Deno.removeSync(path);
  };
  Object.assign(Deno, {
    readFile: (opened: string) => (removed(opened), readFile(opened)),
    readTextFile: (opened: string) => (removed(opened), readTextFile(opened)),
  });
  const before = { readFile, readTextFile };
  return { [Symbol.dispose]: () => void Object.assign(Deno, before) };
}

/** Every entry below a folder: the bytes of files, the targets of links. */
export function snapshot(folder: string): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const { name, isDirectory, isSymlink } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (isSymlink) entries[path] = `-> ${Deno.readLinkSync(path)}`;
    else if (isDirectory) {
      Object.assign(entries, { [path]: "folder" }, snapshot(path));
    } else entries[path] = contentOf(path);
  }
  return entries;
}

/** The bytes of a file, or the size of a large one. */
function contentOf(path: string): string {
  const { size, mode } = Deno.statSync(path);
  if (size > 2 ** 24 || (mode! & 0o777) === 0) return `${size} bytes`;
  return Deno.readFileSync(path).toHex();
}
