import { BadInput } from "../bad_input.ts";
import { tf } from "../engine/engine.ts";
import { ignoreNotFound } from "../files/folders.ts";
import { parseJson } from "../files/read_json.ts";
import {
  decodeSafeTensors,
  encodeSafeTensors,
  type NamedArray,
} from "../files/safetensors.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import { POSITION, type Position } from "./position.ts";

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

/** Where a run's checkpoint is stored. */
export interface CheckpointPlace {
  /** Path of the file. */
  readonly path: string;
  /** Id of the run; checkpoints of other runs are refused. */
  readonly run: string;
}

const GROUPS = ["weights", "best", "optimizer", "average"] as const;

/** Writes a checkpoint atomically; the caller keeps the tensors. */
export async function saveCheckpoint(
  { path, run }: CheckpointPlace,
  checkpoint: Checkpoint,
): Promise<void> {
  const arrays: Record<string, NamedArray> = {};
  for (const group of GROUPS) {
    for (const [i, tensor] of checkpoint[group].entries()) {
      const data = tensor.dataSync() as Float32Array;
      arrays[`${group}.${i}`] = { shape: tensor.shape, data };
    }
  }
  const position = JSON.stringify(checkpoint.position);
  const bytes = encodeSafeTensors({ arrays, metadata: { run, position } });
  await writeFileAtomic(path, bytes);
}

/**
 * Reads a checkpoint. The caller disposes its tensors.
 *
 * @returns undefined if there is no file
 * @throws {BadInput} if the file is damaged or belongs to another run
 */
export async function loadCheckpoint(
  { path, run }: CheckpointPlace,
): Promise<Checkpoint | undefined> {
  const bytes = await Deno.readFile(path).catch(ignoreNotFound);
  if (bytes === undefined) return undefined;
  const { arrays, metadata } = decodeSafeTensors(bytes, path);
  checkOwner(metadata, { path, run });
  const position = parseJson(metadata.position, POSITION, `${path} position`);
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

function checkOwner(
  metadata: Readonly<Record<string, string>>,
  { path, run }: CheckpointPlace,
): void {
  if (!("run" in metadata && "position" in metadata)) {
    throw new BadInput(`Cannot resume from ${path}: it is not a checkpoint`);
  }
  if (metadata.run === run) return;
  throw new BadInput(
    `Cannot resume from ${path}: it belongs to run ${metadata.run}, not ${run}`,
  );
}
