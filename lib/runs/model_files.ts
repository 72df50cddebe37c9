import { join } from "node:path";
import { z } from "zod";
import { BadInput } from "../bad_input.ts";
import { readBytes } from "../files/read_bytes.ts";
import { readJson } from "../files/read_json.ts";
import { intactFile, type RunFolder } from "./intact_file.ts";

/** A run's network on disk, as TensorFlow.js saves it. */
export interface ModelFiles {
  /** Shape of the input: `[batch, height, width, channels]`. */
  readonly input: readonly [null, number, number, number];
  /** All keys of `model.json`. */
  readonly keys: Readonly<Record<string, unknown>>;
  /** Each weight's name and shape, in the order of the bytes. */
  readonly weights: readonly WeightEntry[];
  /** The values of all weights, float32. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A weight in `model.json`. */
export interface WeightEntry {
  /** Layer and role, such as `conv1/kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
}

/** Name of a file in the folder of `model.json`. */
const SHARD_NAME = z.string()
  .regex(/^[\w.() -]{1,100}$/, "must be the name of a file without its folder");

/** The keys of a `model.json` that are read here. */
const MODEL_FILE = z.object({
  modelTopology: z.object({
    config: z.object({
      layers: z.tuple([
        z.object({
          config: z.object({
            batch_input_shape: z.tuple([z.null(), z.int(), z.int(), z.int()]),
          }),
        }),
      ], z.unknown()),
    }),
  }),
  weightsManifest: z.tuple([
    z.object({
      paths: z.array(SHARD_NAME),
      weights: z.array(z.object({
        name: z.string(),
        shape: z.array(z.int().nonnegative()),
        dtype: z.literal("float32"),
      })),
    }),
  ]),
});

/** The number of bytes of a weight. */
export function bytesOf({ shape }: Pick<WeightEntry, "shape">): number {
  return shape.reduce(
    (product, size) => product * size,
    Float32Array.BYTES_PER_ELEMENT,
  );
}

/**
 * Reads the network of a run, after comparing its files with their hashes.
 *
 * @throws {BadInput} if a file is missing or damaged
 */
export async function readRunModel(run: RunFolder): Promise<ModelFiles> {
  for (const name of ["model.json", "weights.bin"]) {
    await intactFile(run, join("model", name));
  }
  return await readModelFiles(join(run.folder, "model"));
}

/**
 * Reads the network in a folder.
 *
 * @throws {BadInput} if a file is missing or damaged
 */
export async function readModelFiles(folder: string): Promise<ModelFiles> {
  const path = join(folder, "model.json");
  const { modelTopology, weightsManifest: [{ paths, weights }] } =
    await readJson(path, MODEL_FILE);
  const keys = await readJson(path, z.record(z.string(), z.unknown()));
  const parts = [];
  for (const name of paths) parts.push(await readBytes(join(folder, name)));
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  const expected = weights.reduce((sum, weight) => sum + bytesOf(weight), 0);
  if (bytes.length !== expected) {
    throw new BadInput(
      `Cannot read the network in ${folder}: its weights have ` +
        `${bytes.length} bytes, but model.json needs ${expected}`,
    );
  }
  const [{ config }] = modelTopology.config.layers;
  return { input: config.batch_input_shape, keys, weights, bytes };
}
