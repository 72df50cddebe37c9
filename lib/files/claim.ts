import {
  claimPath,
  type ClaimPlace,
  createClaim,
  isHeldBy,
  lastClaim,
  readClaim,
  releaseClaim,
  removeOlder,
} from "./claim_file.ts";
import type { Heart } from "./heartbeat.ts";
import { readSpecialFile } from "./read_special_file.ts";
import { tryLock } from "./temporary.ts";

/** A folder that belongs to this process until it is released. */
export interface Claim {
  /** Aborted if another process has taken the folder over. */
  readonly lost: AbortSignal;
  /** Returns whether the folder still belongs to this process. */
  isHeld(): boolean;
  /** Gives the folder up; a second call does nothing. */
  release(): void;
}

/** Times and names of claims, replaced in tests. */
export interface ClaimOptions {
  /** Name of this machine, whose processes share locks. */
  readonly machine?: string;
  /** Interval of the heartbeat. */
  readonly beatMs?: number;
  /** A claim without a heartbeat for this long is abandoned. */
  readonly staleMs?: number;
  /** Returns the time in milliseconds; by default that of this process. */
  readonly now?: () => number;
}

const BEAT_MS = 10_000;

const STALE_MS = 60_000;

/** What a process has seen of a claim, by path. */
const watched = new Map<string, { text: string; since: number }>();

/**
 * Claims a folder for this process, against processes of this and other machines
 * that share the file system and nothing else: neither locks nor clocks. The
 * owner of a claim writes a heartbeat; others take the folder over once they have
 * seen none for a minute of their own clock. Between processes of one machine, a
 * lock on the claim's file tells at once that its owner has ended.
 *
 * @returns undefined if another process has it, or the folder is missing
 */
export function tryClaim(
  folder: string,
  options: ClaimOptions = {},
): Claim | undefined {
  if (isClaimed(folder, options)) return undefined;
  const { machine = thisMachine(), beatMs = BEAT_MS } = options;
  const place = { folder, number: lastClaim(folder) + 1 };
  const owner = `${machine} ${Deno.pid} ${crypto.randomUUID()}`;
  const file = createClaim(place, `${owner}\n0\n`);
  if (file === undefined) return undefined;
  if (tryLock(file) === false || lastClaim(folder) !== place.number) {
    // Another process is just giving it up, as it was not locked yet, or has
    // claimed, released and removed this number before.
    file.close();
    return undefined;
  }
  removeOlder(place);
  return held(place, file, { ...place, owner, everyMs: beatMs });
}

/** Starts the heartbeat of a claim. */
function held(place: ClaimPlace, file: Deno.FsFile, heart: Heart): Claim {
  const lost = new AbortController();
  const worker = new Worker(new URL("./heartbeat.ts", import.meta.url), {
    type: "module",
    name: "heartbeat",
  });
  worker.onmessage = () => lost.abort();
  worker.postMessage(heart);
  let released = false;
  return {
    lost: lost.signal,
    isHeld: () => isHeldBy(place, heart.owner),
    release() {
      if (released) return;
      released = true;
      worker.terminate();
      try {
        releaseClaim(place, heart.owner);
      } catch {
        // A disk that does not answer. Without its lock and beats it is abandoned.
      }
      file.close();
    },
  };
}

/**
 * Returns whether another process has claimed a folder. An abandoned claim is
 * given up in its owner's place. To see that a claim of another machine is
 * abandoned takes calls over a minute.
 */
export function isClaimed(
  folder: string,
  options: ClaimOptions = {},
): boolean {
  const { machine = thisMachine() } = options;
  const place = { folder, number: lastClaim(folder) };
  if (place.number === 0) return false;
  const path = claimPath(place);
  const text = readClaim(place);
  if (text === undefined) {
    watched.delete(path);
    return false;
  }
  const isHere = text.startsWith(`${machine} `);
  const locked = isHere ? isLocked(path) : undefined;
  if (locked ?? isBeating(path, text, options)) return true;
  watched.delete(path);
  createClaim({ folder, number: place.number + 1 })?.close();
  // Unless another process was faster, and took the folder over.
  return lastClaim(folder) !== place.number &&
    readClaim({ folder, number: lastClaim(folder) }) !== undefined;
}

/**
 * Returns whether the text of a claim has changed lately, by the clock of this
 * process alone: those of other machines may differ.
 */
function isBeating(
  path: string,
  text: string,
  { staleMs = STALE_MS, now = () => performance.now() }: ClaimOptions,
): boolean {
  const seen = watched.get(path);
  if (seen?.text === text) return now() - seen.since < staleMs;
  watched.set(path, { text, since: now() });
  return true;
}

/**
 * Returns whether a process of this machine has locked a file; undefined if the
 * file system has no locks.
 */
function isLocked(path: string): boolean | undefined {
  try {
    using file = Deno.openSync(path, { read: true, write: true });
    const free = tryLock(file);
    return free === undefined ? undefined : !free;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

let machine: string | undefined;

/** Returns a name of this machine that no other one has, since it was started. */
function thisMachine(): string {
  if (machine !== undefined) return machine;
  try {
    const id = readSpecialFile("/proc/sys/kernel/random/boot_id");
    machine = new TextDecoder().decode(id).trim();
  } catch {
    // Not Linux: its processes then share no locks either.
    machine = crypto.randomUUID();
  }
  return machine;
}
