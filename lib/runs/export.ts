import { join } from "node:path";
import { z } from "zod";
import { readBytes } from "../files/read_bytes.ts";
import { readJson } from "../files/read_json.ts";
import { schemaOf } from "../files/record_schema.ts";
import { scaledMetrics } from "../calibration/evaluation.ts";
import { writeFolderAtomic } from "../files/write_folder_atomic.ts";
import type { RunRecord } from "./record.ts";
import type { StoredRun } from "./store.ts";

/** Bytes of one file of weights: browsers keep files of this size. */
const SHARD_BYTES = 4 * 2 ** 20;

/** What goes with a model to whoever predicts with it: `about.json`. */
export interface ModelInformation {
  readonly run: string;
  readonly model: string;
  readonly dataset: string;
  /** What goes in: float32 `[batch, height, width, channels]`. */
  readonly input: readonly [null, number, number, number];
  /** How pixels of 0 to 255, or values as they are, become it, by channel. */
  readonly normalisation: {
    readonly formula: "(pixel / 255 - mean) / std" | "(value - mean) / std";
    /** 255 for pixels, else 1. */
    readonly unit: number;
    readonly mean: readonly number[];
    readonly std: readonly number[];
  };
  /** What comes out: a logit for each of them, in order. */
  readonly classNames: readonly string[];
  /** Divides the logits ahead of softmax, as fitted on validation data. */
  readonly temperature?: number | undefined;
  /** True where a better one may lie beyond the search: it is not to be used. */
  readonly temperatureAtBound: boolean;
}

/** Schema of `about.json`, for programs that read it. */
export const MODEL_INFORMATION: z.ZodType<ModelInformation> = schemaOf<
  ModelInformation
>()(z.object({
  run: z.string(),
  model: z.string(),
  dataset: z.string(),
  input: z.tuple([z.null(), z.int(), z.int(), z.int()]),
  normalisation: z.object({
    formula: z.enum(["(pixel / 255 - mean) / std", "(value - mean) / std"]),
    unit: z.number(),
    mean: z.array(z.number()),
    std: z.array(z.number()),
  }),
  classNames: z.array(z.string()),
  temperature: z.number().optional(),
  temperatureAtBound: z.boolean(),
}));

/** A file beside `model.json`, not one elsewhere. */
const SHARD_NAME = z.string()
  .regex(/^[^/\\]+$/, "must be the name of a file without its folder");

/**
 * Schema of a TensorFlow.js `model.json`, as far as it is read here; its other
 * keys are TensorFlow's.
 */
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
    z.object({ paths: z.array(SHARD_NAME), weights: z.array(z.unknown()) }),
  ]),
});

type ModelFile = z.output<typeof MODEL_FILE>;

/**
 * Writes a run's network as ordinary TensorFlow.js files: `model.json`, its
 * weights in shards of 4 MiB, and `about.json` with what a program needs beside
 * them. All layers in it are stock ones.
 *
 * @returns names and sizes in bytes of the files
 * @throws {BadInput} if the run has no model, or `folder` is not free
 */
export async function exportRun(
  { folder: source, record }: StoredRun,
  folder: string,
): Promise<Readonly<Record<string, number>>> {
  const { model, whole, weights } = await readModel(join(source, "model"));
  const shards = cut(weights);
  const [{ weights: specs }] = model.weightsManifest;
  const files = {
    "model.json": JSON.stringify({
      ...whole,
      weightsManifest: [{ paths: Object.keys(shards), weights: specs }],
    }),
    ...shards,
    "about.json": JSON.stringify(about(record, model), null, 2) + "\n",
  };
  const encoder = new TextEncoder();
  const bytes = Object.entries<string | Uint8Array>(files).map((
    [name, content],
  ) =>
    [
      name,
      typeof content === "string" ? encoder.encode(content) : content,
    ] as const
  );
  await writeFolderAtomic(folder, async (temporary) => {
    for (const [name, content] of bytes) {
      await Deno.writeFile(join(temporary, name), content);
    }
  });
  return Object.fromEntries(bytes.map(([name, { length }]) => [name, length]));
}

async function readModel(folder: string) {
  const path = join(folder, "model.json");
  const model = await readJson(path, MODEL_FILE);
  // All of it, for the copy.
  const whole = await readJson(path, z.record(z.string(), z.unknown()));
  const parts = [];
  for (const name of model.weightsManifest[0].paths) {
    parts.push(await readBytes(join(folder, name)));
  }
  const weights = new Uint8Array(await new Blob(parts).arrayBuffer());
  return { model, whole, weights };
}

/** Bytes in files of at most a shard's size, by name. */
function cut(bytes: Uint8Array): Record<string, Uint8Array> {
  const count = Math.max(1, Math.ceil(bytes.length / SHARD_BYTES));
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `group1-shard${i + 1}of${count}.bin`,
      bytes.subarray(i * SHARD_BYTES, (i + 1) * SHARD_BYTES),
    ]),
  );
}

function about(record: RunRecord, model: ModelFile): ModelInformation {
  const { id, spec, mean, std, unit = 255, classNames, test } = record;
  const scaling = scaledMetrics(test);
  const [first] = model.modelTopology.config.layers;
  return {
    run: id,
    model: spec.model,
    dataset: spec.data.dataset,
    input: first.config.batch_input_shape,
    normalisation: {
      formula: unit === 255
        ? "(pixel / 255 - mean) / std"
        : "(value - mean) / std",
      unit,
      mean,
      std,
    },
    classNames,
    temperature: scaling?.temperature,
    temperatureAtBound: scaling?.atBound ?? false,
  };
}
