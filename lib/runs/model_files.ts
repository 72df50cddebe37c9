import { Buffer } from "node:buffer";
import { join } from "node:path";
import { z } from "zod";
import { BadInput } from "../bad_input.ts";
import { readBytes } from "../files/read_bytes.ts";
import { parseJson, readText, validateJson } from "../files/read_json.ts";
import { readIntact, type RunFolder } from "./intact_file.ts";

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

/** The folder of the network in that of the run. */
const FOLDER = "model";

const MODEL_FILE = join(FOLDER, "model.json");

/** Name of a file in the folder of `model.json`. */
const SHARD_NAME = z.string()
  .regex(/^[\w.() -]{1,100}$/, "must be the name of a file without its folder");

/** The keys of a `model.json` that are read here. */
const MODEL = z.object({
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
 * Reads the network of a run, each file once, and compares it with its hash.
 *
 * @throws {BadInput} if a file is missing or damaged
 */
export async function readRunModel(run: RunFolder): Promise<ModelFiles> {
  const { path, content } = await readIntact(run, MODEL_FILE, readText);
  const keys = parseJson(content, z.record(z.string(), z.unknown()), path);
  const { modelTopology, weightsManifest: [{ paths, weights }] } = validateJson(
    keys,
    MODEL,
    path,
  );
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (const name of paths) {
    const file = await readIntact(run, join(FOLDER, name), readBytes);
    parts.push(file.content);
  }
  const bytes = joined(parts);
  const expected = weights.reduce((sum, weight) => sum + bytesOf(weight), 0);
  if (bytes.length !== expected) {
    throw new BadInput(
      `Cannot read the network in ${join(run.folder, FOLDER)}: its weights ` +
        `have ${bytes.length} bytes, but model.json needs ${expected}`,
    );
  }
  const [{ config }] = modelTopology.config.layers;
  return { input: config.batch_input_shape, keys, weights, bytes };
}

/** Parts as one array; a single one is not copied. */
function joined(
  parts: readonly Uint8Array<ArrayBuffer>[],
): Uint8Array<ArrayBuffer> {
  return parts.length === 1 ? parts[0] : new Uint8Array(Buffer.concat(parts));
}
