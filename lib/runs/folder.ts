import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { ignoreNotFound, namesIn, removeTree } from "../files/folders.ts";

const CHECKPOINT = "checkpoint";

const LOCK = "lock";

const STATE = "last.safetensors";

/** What a run that is under way may have written. */
const OWN =
  /^(checkpoint|model|history\.jsonl|run\.json|(logits|labels|indices)-(train|val|test|held)\.npy)(\.partial-.+)?$/;

/** How often a run that another process trains is looked at again. */
const LOOK_AGAIN_MS = 200;

/**
 * Throws unless a folder is missing, empty or the place of a run that was
 * begun: what a run replaces there must be its own.
 *
 * @throws {BadInput} that names the folder and what it holds
 */
export async function checkRunFolder(folder: string): Promise<void> {
  const names = await namesIn(folder);
  if (names.length === 0) return;
  const begun = names.includes(CHECKPOINT);
  const foreign = begun ? names.find((name) => !OWN.test(name)) : names[0];
  if (foreign === undefined) return;
  throw new BadInput(
    `Cannot train into ${folder} as it must be new, empty or a run's: ` +
      `it holds ${foreign}`,
  );
}

/** A run's folder that no other process writes to meanwhile. */
export interface LockedFolder {
  /** Where the training's state is kept. */
  readonly checkpoint: string;
  /** Removes what only an unfinished run needs. */
  finish(): Promise<void>;
  /** Lets others at the folder. */
  release(): void;
}

/** A run that another process trains, where nobody wants to wait for it. */
export class RunLocked extends Error {
  override readonly name = "RunLocked";

  constructor(folder: string) {
    super(`Another process trains ${folder}`);
  }
}

/** True while another process trains into a run's folder. */
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

/** True for a folder with the state of a training to go on from. */
export async function isRunStarted(folder: string): Promise<boolean> {
  const names = await namesIn(join(folder, CHECKPOINT));
  return names.includes(STATE);
}

/**
 * Makes a run's folder and holds it, so that two processes that need the same
 * run train it once. Waits while another holds it; a process that ends, killed
 * or not, holds nothing any more.
 *
 * @param options `onWait` is called once if there is something to wait for;
 * what it throws ends the waiting
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
      do {
        signal?.throwIfAborted();
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      } while (!await file.tryLock(true));
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

/** The lock's file, also where its folder is removed at this moment. */
async function openLock(inner: string): Promise<Deno.FsFile> {
  while (true) {
    await Deno.mkdir(inner, { recursive: true });
    const options = { write: true, create: true };
    const file = await Deno.open(join(inner, LOCK), options)
      .catch(ignoreNotFound);
    if (file !== undefined) return file;
  }
}
