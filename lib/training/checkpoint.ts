import { tf } from "../engine/engine.ts";
import type { NamedArray } from "../files/safetensors.ts";
import {
  type CheckpointPlace,
  readCheckpoint,
  writeCheckpoint,
} from "./checkpoint_file.ts";
import type { Position } from "./position.ts";

/** State from which training resumes with identical results. */
export interface Checkpoint {
  /** Progress and history. */
  readonly position: Position;
  /** All weights of the model. */
  readonly weights: readonly tf.Tensor[];
  /** Weights of the epoch with the smallest validation loss so far. */
  readonly best: readonly tf.Tensor[];
  /** State of the optimizer. */
  readonly optimizer: readonly tf.Tensor[];
  /** Moving average of the trainable weights; empty if the loss does not use it. */
  readonly average: readonly tf.Tensor[];
}

const GROUPS = ["weights", "best", "optimizer", "average"] as const;

/**
 * Writes a checkpoint as `writeCheckpoint()` does; the caller keeps the tensors.
 */
export async function saveCheckpoint(
  place: CheckpointPlace,
  checkpoint: Checkpoint,
  options: { readonly keep?: boolean } = {},
): Promise<void> {
  const arrays: Record<string, NamedArray> = {};
  for (const group of GROUPS) {
    for (const [i, tensor] of checkpoint[group].entries()) {
      const data = tensor.dataSync() as Float32Array;
      arrays[`${group}.${i}`] = { shape: tensor.shape, data };
    }
  }
  await writeCheckpoint(
    place,
    { position: checkpoint.position, arrays },
    options,
  );
}

/**
 * Reads a checkpoint as `readCheckpoint()` does. The caller disposes its tensors.
 *
 * @param onDamaged called with the reason, in one line, if the last checkpoint is
 * damaged and the one before it is used
 * @returns undefined if there is no file
 * @throws {BadInput} if the file is damaged or belongs to another run
 */
export async function loadCheckpoint(
  place: CheckpointPlace,
  onDamaged?: (reason: string) => void,
): Promise<Checkpoint | undefined> {
  const stored = await readCheckpoint(place, onDamaged);
  if (stored === undefined) return undefined;
  const { position, arrays } = stored;
  const [weights, best, optimizer, average] = GROUPS.map((group) => {
    const found: tf.Tensor[] = [];
    for (let i = 0; `${group}.${i}` in arrays; i++) {
      const { data, shape } = arrays[`${group}.${i}`];
      found.push(tf.tensor(data, [...shape]));
    }
    return found;
  });
  return { position, weights, best, optimizer, average };
}
