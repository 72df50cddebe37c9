import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { ignoreNotFound, namesIn, removeTree } from "../files/folders.ts";

const CHECKPOINT = "checkpoint";

const LOCK = "lock";

const STATE = "last.safetensors";

/** Names that an unfinished run may have written. */
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

/** A run's folder, locked against other processes. */
export interface LockedFolder {
  /** Path of the checkpoint. */
  readonly checkpoint: string;
  /** Removes the files that only an unfinished run needs. */
  finish(): Promise<void>;
  /** Unlocks the folder. */
  release(): void;
}

/** Thrown if another process is training a run and the caller does not wait. */
export class RunLocked extends Error {
  override readonly name = "RunLocked";

  constructor(folder: string) {
    super(`Another process is training ${folder}`);
  }
}

/** Returns whether another process is training into a run's folder. */
export async function isRunLocked(folder: string): Promise<boolean> {
  const path = join(folder, CHECKPOINT, LOCK);
  const file = await Deno.open(path, { write: true }).catch(ignoreNotFound);
  if (file === undefined) return false;
  try {
    return !await file.tryLock(true);
  } finally {
    file.close();
  }
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
  return names.includes(STATE);
}

/**
 * Creates a run's folder and locks it, so that two processes that need the same
 * run train it once. Waits while another process has the lock; the lock is
 * released when its process ends, killed or not.
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
  const file = await openLock(inner);
  try {
    if (!await file.tryLock(true)) {
      onWait();
      do await pollPause(signal); while (!await file.tryLock(true));
    }
  } catch (error) {
    file.close();
    throw error;
  }
  return {
    checkpoint: join(inner, STATE),
    finish: () => removeTree(inner),
    release: () => file.close(),
  };
}

/** Opens the lock file; retries if its folder is removed meanwhile. */
async function openLock(inner: string): Promise<Deno.FsFile> {
  while (true) {
    await Deno.mkdir(inner, { recursive: true });
    const options = { write: true, create: true };
    const file = await Deno.open(join(inner, LOCK), options)
      .catch(ignoreNotFound);
    if (file !== undefined) return file;
  }
}
