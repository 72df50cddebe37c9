import { BadInput } from "../bad_input.ts";
import { checkLength } from "./decode_npy.ts";
import { decodeNpyHeader, type NpyHeader } from "./npy_header.ts";
import { openZip, peekZip, readZip, type ZipEntry } from "./zip.ts";
import { shown } from "./quoted.ts";

/** The kind of array that a caller expects, to find it in an archive without a key. */
export interface ArrayKind {
  /** Name in messages, such as "logits". */
  readonly what: string;
  /** Whether an array may be of this kind. */
  readonly fits: (header: NpyHeader) => boolean;
}

/** The bytes of an array in `.npy` format and its name in messages. */
export interface NpyBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly source: string;
}

const ENDING = ".npy";
/** Largest number of keys in a message. */
const MOST_SHOWN = 8;

/** Whether bytes are a zip archive, the format of `.npz` files. */
export function isZip(bytes: Uint8Array): boolean {
  const [first, second, third] = bytes;
  return first === 0x50 && second === 0x4b && (third === 3 || third === 5);
}

/**
 * One array of a `.npz` archive: the one with the key or, without a key, the only
 * array or the only one of the kind.
 *
 * @param file path of the archive, for messages
 * @throws {BadInput} if there is no such array, or the archive is damaged
 */
export function readNpz(
  archive: Uint8Array<ArrayBuffer>,
  file: string,
  { key, kind }: { key: string | undefined; kind: ArrayKind },
): NpyBytes {
  const entries = arrayEntries(archive, file);
  const entry = key === undefined
    ? onlyOne(archive, file, { entries, kind })
    : entries.findLast((entry) => keyOf(entry) === key);
  if (entry === undefined) {
    throw new BadInput(
      `Cannot read ${file}: it has no array ${shown(key!)}, but ` +
        keysText(entries),
    );
  }
  const source = `${file}:${shown(keyOf(entry))}`;
  const { header, dataStart } = peekHeader(archive, entry, source);
  // Decompress only if the content has the length of the array.
  checkLength(header, entry.size - dataStart, source);
  return { bytes: openZip(archive, entry, source), source };
}

/**
 * The arrays in an archive.
 *
 * @throws {BadInput} if there are none, or the archive is damaged
 */
export function arrayEntries(
  archive: Uint8Array<ArrayBuffer>,
  file: string,
): ZipEntry[] {
  const entries = readZip(archive, file)
    .filter(({ name }) => name.endsWith(ENDING));
  if (entries.length > 0) return entries;
  throw new BadInput(`Cannot read ${file}: it contains no arrays`);
}

/** The header of an array in an archive, without decompressing all of it. */
export function peekHeader(
  archive: Uint8Array<ArrayBuffer>,
  entry: ZipEntry,
  source: string,
): { header: NpyHeader; dataStart: number } {
  return decodeNpyHeader(peekZip(archive, entry, source), source);
}

function onlyOne(
  archive: Uint8Array<ArrayBuffer>,
  file: string,
  { entries, kind }: { entries: readonly ZipEntry[]; kind: ArrayKind },
): ZipEntry {
  if (entries.length === 1) return entries[0];
  const fitting = entries.filter((entry) => {
    const source = `${file}:${shown(keyOf(entry))}`;
    return kind.fits(peekHeader(archive, entry, source).header);
  });
  if (fitting.length === 1) return fitting[0];
  const found = fitting.length === 0
    ? `none of its arrays fits (${keysText(entries)})`
    : `${keysText(fitting)} all fit`;
  throw new BadInput(
    `Cannot read ${kind.what} from ${file}: ${found}; choose one with ` +
      `${file}:KEY`,
  );
}

/** The key of an array in its archive. */
export function keyOf({ name }: ZipEntry): string {
  return name.slice(0, -ENDING.length);
}

function keysText(entries: readonly ZipEntry[]): string {
  const keys = entries.slice(0, MOST_SHOWN).map((entry) => shown(keyOf(entry)));
  const more = entries.length - keys.length;
  return keys.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
