import { join } from "node:path";
import { BadInput } from "../bad_input.ts";

const CHECKPOINT = "checkpoint";

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

/** Sorted names of what is in a folder; none where it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    const names = await Array.fromAsync(Deno.readDir(folder), (e) => e.name);
    return names.sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** A run's folder that no other process writes to meanwhile. */
export interface HeldFolder {
  /** Where the training's state is kept. */
  readonly checkpoint: string;
  /** Removes what only an unfinished run needs. */
  finish(): Promise<void>;
  /** Lets others at the folder. */
  release(): void;
}

/**
 * Makes a run's folder and holds it, so that two processes that need the same
 * run train it once. Waits while another holds it; a process that ends, killed
 * or not, holds nothing any more.
 *
 * @param options `onWait` is called once if there is something to wait for
 * @throws the signal's reason if it is aborted while waiting
 */
export async function holdRunFolder(
  folder: string,
  { signal, onWait }: {
    readonly signal: AbortSignal | undefined;
    readonly onWait: () => void;
  },
): Promise<HeldFolder> {
  const inner = join(folder, CHECKPOINT);
  await Deno.mkdir(inner, { recursive: true });
  const file = await Deno.open(join(inner, "lock"), {
    write: true,
    create: true,
  });
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
    checkpoint: join(inner, "last.safetensors"),
    finish: () => removeTree(inner),
    release: () => file.close(),
  };
}

/** Removes a folder with all below it, where there is one. */
export async function removeTree(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
