import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { type Claim, isClaimed, tryClaim } from "../files/claim.ts";
import { isFile, namesIn } from "../files/folders.ts";
import {
  removeAbandoned,
  removeAbandonedIn,
  removeAside,
} from "../files/temporary.ts";
import { previousPath } from "../training/checkpoint_file.ts";

const CHECKPOINT = "checkpoint";

const STATE = "last.safetensors";

/** Names that a run writes. */
const OWN =
  /^(checkpoint|model|history\.(jsonl|csv)|run\.json|(logits|labels|indices)-(train|val|test|held)\.npy)(\.partial-.+)?$/;

/** Interval for checking a run that another process is training. */
const POLL_MS = 200;

/**
 * Throws unless a folder is missing, empty or that of an unfinished run: a run
 * may only replace its own files.
 *
 * @throws {BadInput} if the folder contains anything else
 */
export async function checkRunFolder(folder: string): Promise<void> {
  const names = await namesIn(folder);
  if (names.length === 0) return;
  const started = names.includes(CHECKPOINT);
  const foreign = started ? names.find((name) => !OWN.test(name)) : names[0];
  if (foreign === undefined) return;
  throw new BadInput(
    `Cannot train into ${folder} as it must be new, empty or a run's: ` +
      `it contains ${foreign}`,
  );
}

/**
 * Removes what a killed process has left in a finished run's folder: the
 * checkpoint, its claim and temporary files. Nothing happens while a process
 * finishes the run.
 */
export async function tidyRun(folder: string): Promise<void> {
  const inner = join(folder, CHECKPOINT);
  try {
    if (isClaimed(inner)) return;
    await removeAside(inner);
    const isTemporary = (name: string) =>
      name.includes(".partial-") && OWN.test(name);
    removeAbandonedIn(folder, isTemporary);
  } catch {
    // The run belongs to another user and is complete as it is.
  }
}

/**
 * Removes a run, unless another process is training it.
 *
 * @returns whether it was removed, or there was none
 */
export async function removeRun(folder: string): Promise<boolean> {
  const inner = join(folder, CHECKPOINT);
  const claim = tryClaim(inner);
  // A finished run has nothing to claim.
  if (claim === undefined && isClaimed(inner)) return false;
  try {
    await removeAside(folder);
  } finally {
    claim?.release();
  }
  removeAbandoned(folder);
  return true;
}

/** Returns the name of a file or folder that no run writes, if there is one. */
export async function foreignEntry(
  folder: string,
): Promise<string | undefined> {
  return (await namesIn(folder)).find((name) => !OWN.test(name));
}

/** A run's folder, claimed against other processes and machines. */
export interface LockedFolder {
  /** Aborted with `RunLocked` if another process has taken the folder over. */
  readonly lost: AbortSignal;
  /** Path of the checkpoint. */
  readonly checkpoint: string;
  /** Unlocks the folder and removes what only an unfinished run needs. */
  finish(): Promise<void>;
  /**
   * Throws if another process has taken the folder over, as happens to one that
   * was stopped for more than a minute.
   *
   * @throws {RunLocked}
   */
  check(): void;
  /** Unlocks the folder; does nothing after `finish()`. */
  release(): void;
}

/** Thrown if another process is training a run and the caller does not wait. */
export class RunLocked extends Error {
  override readonly name = "RunLocked";

  constructor(folder: string) {
    super(`Another process is training ${folder}`);
  }
}

/**
 * Returns whether another process is training into a run's folder. One of another
 * machine that was killed counts as training until calls of this function have
 * seen no heartbeat for a minute.
 */
export async function isRunLocked(folder: string): Promise<boolean> {
  return await Promise.resolve(isClaimed(join(folder, CHECKPOINT)));
}

/**
 * Waits while another process is training into a run's folder.
 *
 * @throws the signal's reason if it is aborted
 */
export async function whileLocked(
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  while (await isRunLocked(folder)) await pollPause(signal);
}

async function pollPause(signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

/** Returns whether a folder has a checkpoint to resume from. */
export async function isRunStarted(folder: string): Promise<boolean> {
  const names = await namesIn(join(folder, CHECKPOINT));
  return names.includes(STATE) || names.includes(previousPath(STATE));
}

/**
 * Creates a run's folder and claims it, so that two processes that need the same
 * run train it once, on one machine or on several. Waits while another process
 * has it; a process that was killed loses it, see `tryClaim()`.
 *
 * @param options `onWait` is called once before waiting; what it throws is
 * thrown
 * @throws the signal's reason if it is aborted while waiting
 */
export async function lockRunFolder(
  folder: string,
  { signal, onWait }: {
    readonly signal: AbortSignal | undefined;
    readonly onWait: () => void;
  },
): Promise<LockedFolder> {
  const inner = join(folder, CHECKPOINT);
  let waiting = false;
  while (true) {
    await createFolder(inner);
    const claim = tryClaim(inner);
    if (claim !== undefined) return lockedFolder(folder, claim);
    if (!waiting && isClaimed(inner)) {
      onWait();
      waiting = true;
    }
    await pollPause(signal);
  }
}

/** Creates a folder that another process may be removing. */
async function createFolder(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (error) {
    // It existed, and was gone when its kind was checked.
    if (!(error instanceof Deno.errors.AlreadyExists) || isFile(path)) {
      throw error;
    }
  }
}

function lockedFolder(folder: string, claim: Claim): LockedFolder {
  const inner = join(folder, CHECKPOINT);
  const lost = new AbortController();
  claim.lost.addEventListener("abort", () => lost.abort(new RunLocked(folder)));
  return {
    lost: lost.signal,
    checkpoint: join(inner, STATE),
    finish: () => removeAside(inner, () => claim.release()),
    check() {
      if (!claim.isHeld()) throw new RunLocked(folder);
    },
    release: () => claim.release(),
  };
}
