/** The files of claims: `claim-1`, `claim-2`, and so on in a folder. */
import { join } from "node:path";
import { isMissing } from "./folders.ts";
import { unreadable } from "./read_bytes.ts";
import { named } from "./write_file_atomic.ts";

/** A claim's folder and number. */
export interface ClaimPlace {
  readonly folder: string;
  /** Of several claims in a folder, the one with the highest number counts. */
  readonly number: number;
}

/** Up to 15 digits, which a number represents exactly, also with 1 added. */
const NAME = /^claim-(\d{1,15})$/;

/** The first line of a claim that was given up. */
const RELEASED = "released\n";

/** Returns the path of a claim's file. */
export function claimPath({ folder, number }: ClaimPlace): string {
  return join(folder, `claim-${number}`);
}

/** Returns the number of the claim that counts; 0 if there is none. */
export function lastClaim(folder: string): number {
  try {
    const numbers = [...Deno.readDirSync(folder)]
      .map(({ name }) => Number(NAME.exec(name)?.[1] ?? 0));
    return Math.max(0, ...numbers);
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

/** Returns the text of a claim; undefined if it was given up or is gone. */
export function readClaim(place: ClaimPlace): string | undefined {
  try {
    const text = startOf(claimPath(place));
    return text.startsWith(RELEASED) ? undefined : text;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The first bytes of a file as text, enough for any claim. */
function startOf(path: string): string {
  using file = Deno.openSync(path);
  const bytes = new Uint8Array(1024);
  try {
    const length = file.readSync(bytes) ?? 0;
    return new TextDecoder().decode(bytes.subarray(0, length));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * Creates a claim, which is atomic on a network drive too.
 *
 * @returns its open file, or undefined if another process was faster or the
 * folder is gone
 */
export function createClaim(
  place: ClaimPlace,
  text: string = RELEASED,
): Deno.FsFile | undefined {
  try {
    const options = { read: true, write: true, createNew: true };
    const file = Deno.openSync(claimPath(place), options);
    writeNew(file, place, text);
    return file;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists || isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Writes the text of a new claim; removes it if there is no space for that. */
function writeNew(file: Deno.FsFile, place: ClaimPlace, text: string): void {
  const path = claimPath(place);
  try {
    file.writeSync(new TextEncoder().encode(text));
  } catch (error) {
    // Without a text, others would wait for its heartbeat.
    file.close();
    Deno.removeSync(path);
    throw named(error as Error, path);
  }
}

/**
 * Writes the next beat of a claim.
 *
 * @returns false if another claim counts, or its folder is gone
 */
export function beatClaim(
  place: ClaimPlace,
  owner: string,
  beats: number,
): boolean {
  return isHeldBy(place, owner) && rewrite(place, `${owner}\n${beats}\n`);
}

/** Gives an owner's claim up, unless another one counts. */
export function releaseClaim(place: ClaimPlace, owner: string): void {
  if (isHeldBy(place, owner)) rewrite(place, RELEASED);
}

/**
 * Returns whether an owner's claim counts. One of the same number may belong to another
 * process if the folder was removed and created again.
 */
export function isHeldBy(place: ClaimPlace, owner: string): boolean {
  return lastClaim(place.folder) === place.number &&
    (readClaim(place)?.startsWith(`${owner}\n`) ?? false);
}

/**
 * Rewrites the same file, so that a lock on it stays; false if it is gone. The
 * new text is written over the old one, and what is left of that is cut off: so the file
 * is never empty, and can be given up on a full disk.
 */
function rewrite(place: ClaimPlace, text: string): boolean {
  try {
    const bytes = new TextEncoder().encode(text);
    using file = Deno.openSync(claimPath(place), { write: true });
    file.writeSync(bytes);
    file.truncateSync(bytes.length);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Removes claims that no longer count. */
export function removeOlder({ folder, number }: ClaimPlace): void {
  for (let old = number - 1; old > 0; old--) {
    try {
      Deno.removeSync(claimPath({ folder, number: old }));
    } catch (error) {
      if (!isMissing(error)) throw error;
      return;
    }
  }
}
