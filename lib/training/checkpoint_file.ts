import { existsSync } from "node:fs";
import { BadInput } from "../bad_input.ts";
import { isMissing } from "../files/folders.ts";
import { readBytesIfPresent } from "../files/read_bytes.ts";
import { shown } from "../files/quoted.ts";
import { parseJson } from "../files/read_json.ts";
import {
  decodeSafeTensors,
  encodeSafeTensors,
  type NamedArray,
} from "../files/safetensors.ts";
import { sha256OfParts } from "../files/sha256.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import { POSITION, type Position } from "./position.ts";

/** Where a run's checkpoint is stored. */
export interface CheckpointPlace {
  /** Path of the file. The checkpoint before it is at `previousPath()`. */
  readonly path: string;
  /** Id of the run; checkpoints of other runs are refused. */
  readonly run: string;
}

/** The content of a checkpoint's file. */
export interface StoredCheckpoint {
  readonly position: Position;
  readonly arrays: Readonly<Record<string, NamedArray>>;
}

/** Path of the checkpoint before the one at a path. */
export function previousPath(path: string): string {
  return `${path}.previous`;
}

/**
 * Writes a checkpoint with its checksum. The present checkpoint becomes the
 * previous one once the new one is complete.
 *
 * @param options `keep`: false if the present checkpoint belongs to an earlier
 * training; it and the previous one are then removed (true)
 */
export async function writeCheckpoint(
  { path, run }: CheckpointPlace,
  { position, arrays }: StoredCheckpoint,
  { keep = true }: { readonly keep?: boolean } = {},
): Promise<void> {
  const metadata = { run, position: JSON.stringify(position) };
  const sha256 = checksum(arrays, metadata);
  const bytes = encodeSafeTensors({
    arrays,
    metadata: { ...metadata, sha256 },
  });
  await writeFileAtomic(path, bytes, {
    async rename(from, to) {
      if (keep) {
        await Deno.rename(path, previousPath(path)).catch(ignoreMissing);
      }
      await Deno.rename(from, to);
    },
  });
  if (!keep) await Deno.remove(previousPath(path)).catch(ignoreMissing);
}

/**
 * Reads the newest checkpoint that is not damaged. If that is the previous one, it
 * takes the place of the damaged one.
 *
 * @param onDamaged called with the reason, in one line, if the last checkpoint is
 * damaged and the previous one is used
 * @returns undefined if there is no file
 * @throws {BadInput} if the last checkpoint is damaged and there is no other, or it
 * belongs to another run or version, or cannot be opened
 */
export async function readCheckpoint(
  place: CheckpointPlace,
  onDamaged: (reason: string) => void = () => {},
): Promise<StoredCheckpoint | undefined> {
  const { path, run } = place;
  const before = { path: previousPath(path), run };
  try {
    const last = await readOne(place);
    // A killed process may have left only the previous one.
    return last ?? await readOne(before);
  } catch (error) {
    if (!(error instanceof DamagedCheckpoint)) throw error;
    const previous = await readUndamaged(before);
    if (previous === undefined) throw withRemedy(error, path);
    await Deno.rename(before.path, path);
    onDamaged(`${error.message}; the checkpoint before it is used`);
    return previous;
  }
}

/** A checkpoint that is not what was written. */
class DamagedCheckpoint extends BadInput {}

/** An error that also says how to train without the checkpoints. */
function withRemedy({ message }: DamagedCheckpoint, path: string): BadInput {
  const files = [path, previousPath(path)].filter((file) => existsSync(file));
  const both = files.length > 1 ? ", and so is the checkpoint before it" : "";
  return new BadInput(
    `${message}${both}; to start over, remove ${files.join(" and ")}`,
  );
}

/** The checkpoint at a place; undefined if there is none or it is damaged. */
async function readUndamaged(
  place: CheckpointPlace,
): Promise<StoredCheckpoint | undefined> {
  try {
    return await readOne(place);
  } catch (error) {
    if (error instanceof DamagedCheckpoint) return undefined;
    throw error;
  }
}

async function readOne(
  { path, run }: CheckpointPlace,
): Promise<StoredCheckpoint | undefined> {
  const bytes = await readBytesIfPresent(path);
  if (bytes === undefined) return undefined;
  const { arrays, metadata } = decode(bytes, path);
  if (!("run" in metadata && "position" in metadata)) {
    throw new DamagedCheckpoint(
      `Cannot resume from ${path}: it is not a checkpoint`,
    );
  }
  if (metadata.run !== run) {
    throw new BadInput(
      `Cannot resume from ${path}: it belongs to run ${
        shown(metadata.run)
      }, not ${run}`,
    );
  }
  return { position: positionOf(metadata.position, path), arrays };
}

function positionOf(text: string, path: string): Position {
  try {
    return parseJson(text, POSITION, `${path} position`);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    throw new DamagedCheckpoint(error.message);
  }
}

/** Keys of the metadata of a checkpoint without a checksum. */
const KEYS = ["run", "position"];

/** Decodes a checkpoint and verifies its checksum, which older ones lack. */
function decode(bytes: Uint8Array, path: string) {
  let content;
  try {
    content = decodeSafeTensors(bytes, path);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    throw new DamagedCheckpoint(error.message);
  }
  const { arrays, metadata: { sha256, ...metadata } } = content;
  const isValid = sha256 === undefined
    ? Object.keys(metadata).every((key) => KEYS.includes(key))
    : sha256 === checksum(arrays, metadata);
  if (isValid) return { arrays, metadata };
  throw new DamagedCheckpoint(
    `Cannot read ${path}: it is damaged (wrong checksum)`,
  );
}

/** SHA-256 of the names, shapes and numbers of all arrays, and the metadata. */
function checksum(
  arrays: Readonly<Record<string, NamedArray>>,
  metadata: Readonly<Record<string, string>>,
): string {
  const entries = Object.entries(arrays);
  const head = JSON.stringify([
    Object.entries(metadata),
    entries.map(([name, { shape }]) => [name, shape]),
  ]);
  return sha256OfParts([head, ...entries.map(([, { data }]) => data)]);
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
