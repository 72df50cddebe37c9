import { join } from "node:path";
import { z } from "zod";
import { schemaOf } from "../files/record_schema.ts";
import { scaledMetrics } from "../calibration/evaluation.ts";
import { writeFolderAtomic } from "../files/write_folder_atomic.ts";
import { readRunModel } from "./model_files.ts";
import type { RunRecord } from "./record.ts";
import type { StoredRun } from "./store.ts";

/** Size of a weights file in bytes: browsers cache files of this size. */
const SHARD_BYTES = 4 * 2 ** 20;

/**
 * The content of `about.json`: what a program needs to predict with an exported
 * model.
 */
export interface ModelInformation {
  readonly run: string;
  readonly model: string;
  readonly dataset: string;
  /** Shape of the input: float32 `[batch, height, width, channels]`. */
  readonly input: readonly [null, number, number, number];
  /** How pixels of 0 to 255, or other values, are normalised, by channel. */
  readonly normalisation: {
    readonly formula: "(pixel / 255 - mean) / std" | "(value - mean) / std";
    /** 255 for pixels, else 1. */
    readonly unit: number;
    readonly mean: readonly number[];
    readonly std: readonly number[];
  };
  /** Classes of the output, one logit each, in this order. */
  readonly classNames: readonly string[];
  /** Divisor of the logits before softmax, fitted on validation data. */
  readonly temperature?: number | undefined;
  /**
   * True if the temperature is at a bound of the search; do not use it then.
   */
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

/**
 * Exports a run's network as ordinary TensorFlow.js files: `model.json`, its
 * weights in shards of 4 MiB, and `about.json` with what else a program needs.
 * It contains only stock layers.
 *
 * @returns the files' sizes in bytes, by name
 * @throws {BadInput} if the run has no complete model, or `folder` is in use
 */
export async function exportRun(
  run: StoredRun,
  folder: string,
): Promise<Readonly<Record<string, number>>> {
  const { record } = run;
  const { input, keys, weights, bytes } = await readRunModel(run);
  const shards = shardsOf(bytes);
  const files = {
    "model.json": JSON.stringify({
      ...keys,
      weightsManifest: [{ paths: Object.keys(shards), weights }],
    }),
    ...shards,
    "about.json": JSON.stringify(about(record, input), null, 2) + "\n",
  };
  const encoder = new TextEncoder();
  const contents = Object.entries<string | Uint8Array>(files).map((
    [name, content],
  ) =>
    [
      name,
      typeof content === "string" ? encoder.encode(content) : content,
    ] as const
  );
  await writeFolderAtomic(folder, async (temporary) => {
    for (const [name, content] of contents) {
      await Deno.writeFile(join(temporary, name), content);
    }
  });
  return Object.fromEntries(
    contents.map(([name, { length }]) => [name, length]),
  );
}

/** Splits bytes into files of at most a shard's size, by name. */
function shardsOf(bytes: Uint8Array): Record<string, Uint8Array> {
  const count = Math.max(1, Math.ceil(bytes.length / SHARD_BYTES));
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `group1-shard${i + 1}of${count}.bin`,
      bytes.subarray(i * SHARD_BYTES, (i + 1) * SHARD_BYTES),
    ]),
  );
}

function about(
  record: RunRecord,
  input: ModelInformation["input"],
): ModelInformation {
  const { id, spec, mean, std, unit = 255, classNames, test } = record;
  const scaling = scaledMetrics(test);
  return {
    run: id,
    model: spec.model,
    dataset: spec.data.dataset,
    input,
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
