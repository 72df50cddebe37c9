import { BadInput } from "../bad_input.ts";
import { checkLength } from "./decode_npy.ts";
import { decodeNpyHeader, type NpyHeader } from "./npy_header.ts";
import { openZip, peekZip, readZip, type ZipEntry } from "./zip.ts";

/** What a caller looks for in an archive, where no key is given. */
export interface Wanted {
  /** "logits", for messages. */
  readonly what: string;
  readonly fits: (header: NpyHeader) => boolean;
}

/** The bytes of one array, as numpy.save writes it, and how errors call it. */
export interface NpyBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly source: string;
}

const ENDING = ".npy";
/** More keys than these make no message. */
const MOST_SHOWN = 8;

/** True for a zip archive, which is what a `.npz` file is. */
export function isZip(bytes: Uint8Array): boolean {
  const [first, second, third] = bytes;
  return first === 0x50 && second === 0x4b && (third === 3 || third === 5);
}

/**
 * One array of a `.npz` archive: that of a key, or the only one there is, or
 * the only one that fits.
 *
 * @param file the archive's path, for messages
 * @throws {BadInput} if there is no such array, or the archive is damaged
 */
export function readNpz(
  archive: Uint8Array<ArrayBuffer>,
  file: string,
  { key, wanted }: { key: string | undefined; wanted: Wanted },
): NpyBytes {
  const entries = readZip(archive, file)
    .filter(({ name }) => name.endsWith(ENDING));
  if (entries.length === 0) {
    throw new BadInput(`Cannot read ${file}: it holds no arrays`);
  }
  const entry = key === undefined
    ? onlyOne(archive, file, { entries, wanted })
    : entries.findLast((entry) => keyOf(entry) === key);
  if (entry === undefined) {
    throw new BadInput(
      `Cannot read ${file}: it holds no array ${shown(key!)}, but ` +
        keysText(entries),
    );
  }
  const source = `${file}:${shown(keyOf(entry))}`;
  const beginning = peekZip(archive, entry, source);
  const { header, dataStart } = decodeNpyHeader(beginning, source);
  // Opened only if the content is to be as long as the array.
  checkLength(header, entry.size - dataStart, source);
  return { bytes: openZip(archive, entry, source), source };
}

function onlyOne(
  archive: Uint8Array<ArrayBuffer>,
  file: string,
  { entries, wanted }: { entries: readonly ZipEntry[]; wanted: Wanted },
): ZipEntry {
  if (entries.length === 1) return entries[0];
  const fitting = entries.filter((entry) => {
    const source = `${file}:${shown(keyOf(entry))}`;
    const { header } = decodeNpyHeader(peekZip(archive, entry, source), source);
    return wanted.fits(header);
  });
  if (fitting.length === 1) return fitting[0];
  const found = fitting.length === 0
    ? `none of its arrays fits (${keysText(entries)})`
    : `${keysText(fitting)} all fit`;
  throw new BadInput(
    `Cannot read ${wanted.what} from ${file}: ${found}; name one as ` +
      `${file}:KEY`,
  );
}

function keyOf({ name }: ZipEntry): string {
  return name.slice(0, -ENDING.length);
}

function keysText(entries: readonly ZipEntry[]): string {
  const keys = entries.slice(0, MOST_SHOWN).map((entry) => shown(keyOf(entry)));
  const more = entries.length - keys.length;
  return keys.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** A key within a message of one line. */
function shown(key: string): string {
  return /^[\w./ -]{1,60}$/.test(key) ? key : JSON.stringify(key.slice(0, 60));
}
