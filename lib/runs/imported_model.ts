import { join } from "node:path";
import { z } from "zod";
import { BadInput } from "../bad_input.ts";
import type { Dataset } from "../data/image_set.ts";
import { splitIndices } from "../data/split.ts";
import type { tf } from "../engine/engine.ts";
import { buildModel } from "../models/build.ts";
import { importWeights, isCounter } from "../models/import_weights.ts";
import { countTrainable } from "../models/layer_records.ts";
import { MODEL_NAMES, type ModelName } from "../models/model_name.ts";
import type { NetworkOptions } from "../models/network.ts";
import { refuseForeign } from "../files/arrays/foreign_formats.ts";
import { shown } from "../files/quoted.ts";
import { writeNpy } from "../files/npy.ts";
import { schemaOf } from "../files/record_schema.ts";
import { decodeSafeTensors } from "../files/safetensors.ts";
import { predict } from "../training/predict.ts";
import { takePart } from "./data.ts";
import { sha256 } from "../files/sha256.ts";
import { readBytes } from "../files/read_bytes.ts";

/**
 * How the network's input was normalised: `(pixel / 255 - mean) / std`, by
 * channel.
 */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Description of an imported model. */
export interface ImportRecord {
  readonly model: ModelName;
  readonly source: { readonly file: string; readonly sha256: string };
  readonly size: Omit<NetworkOptions, "random">;
  /** Number of trainable weights. */
  readonly parameters: number;
}

/** The content of `import.json`. */
export interface ImportFile extends ImportRecord {
  /** The data set whose logits are in the same folder. */
  readonly dataset?: string | undefined;
  /** How its pixels were normalised. */
  readonly normalisation?: Normalisation | undefined;
}

const SIZE = z.int().min(1);

/** Schema of `import.json`, for programs that read it. */
export const IMPORT_FILE: z.ZodType<ImportFile> = schemaOf<ImportFile>()(
  z.object({
    model: z.enum(MODEL_NAMES),
    source: z.object({ file: z.string(), sha256: z.string() }),
    size: z.object({
      height: SIZE,
      width: SIZE,
      channels: SIZE,
      classes: SIZE,
    }),
    parameters: z.int(),
    dataset: z.string().optional(),
    normalisation: z.object({
      mean: z.array(z.number()),
      std: z.array(z.number()),
    }).optional(),
  }),
);

/** A network with imported weights; the caller disposes the model. */
export interface ImportedModel {
  readonly model: tf.LayersModel;
  readonly record: ImportRecord;
  /** What is worth knowing about the file, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Builds an architecture of this project with the weights of a safetensors file
 * written by PyTorch.
 *
 * @throws {BadInput} if the file cannot be read, or its names and shapes do not
 * match the architecture
 */
export async function openImported(
  file: string,
  name: ModelName,
  size: ImportRecord["size"],
): Promise<ImportedModel> {
  const bytes = await readBytes(file);
  refuseForeign(bytes, file, "weights");
  const { arrays } = decodeSafeTensors(bytes, file, isCounter);
  checkValues(arrays, file);
  const model = buildModel(name, { ...size, random: null });
  const remarks: string[] = [];
  try {
    const prefix = importWeights(model, arrays, file);
    if (prefix !== "") {
      remarks.push(`${file}: the prefix ${prefix} of all names is removed`);
    }
  } catch (error) {
    model.dispose();
    throw error;
  }
  const record = {
    model: name,
    source: { file, sha256: sha256(bytes) },
    size,
    parameters: countTrainable(model),
  };
  return { model, record, remarks };
}

/** Checks that values are finite, and variances of batch normalisation at least 0. */
function checkValues(
  arrays: Readonly<Record<string, { readonly data: Float32Array }>>,
  file: string,
): void {
  for (const [name, { data }] of Object.entries(arrays)) {
    const isVariance = /(^|\.)running_var$/.test(name);
    const at = data.findIndex((value) =>
      !Number.isFinite(value) || isVariance && value < 0
    );
    if (at < 0) continue;
    const [what, allowed] = Number.isFinite(data[at])
      ? ["variances", "at least 0"]
      : ["weights", "finite"];
    throw new BadInput(
      `Cannot import ${file} as ${what} must be ${allowed}: value ${at} of ` +
        `${shown(name)} is ${data[at]}`,
    );
  }
}

/** Checks that a network's logits are finite: large weights may overflow. */
function checkLogits(
  data: ArrayLike<number>,
  columns: number,
  part: string,
): void {
  for (let at = 0; at < data.length; at++) {
    if (Number.isFinite(data[at])) continue;
    throw new BadInput(
      `Cannot write logits-${part}.npy as logits must be finite: image ` +
        `${Math.floor(at / columns)} of the part, class ${
          at % columns
        } (from ` +
        `0) has ${data[at]}; the weights are too large or damaged`,
    );
  }
}

/** The samples of a data set for which logits are written. */
export interface LogitsOptions {
  readonly dataset: Dataset;
  readonly normalisation: Normalisation;
  /** Training fraction of the split, as in `ils train`. */
  readonly trainFraction: number;
  /** Seed of the split. */
  readonly seed: number;
  /** Whether to write logits of all training images too. */
  readonly train: boolean;
}

/**
 * Writes a model's logits for a data set: `logits-PART.npy`, `labels-PART.npy`
 * and `indices-PART.npy` for the validation part `val` of a split and for
 * `test`; optionally for `train`, which here is every training image in order,
 * as `ils train --teacher` needs it.
 *
 * @returns number of rows of each part
 * @throws {BadInput} if a logit is not finite
 */
export async function writeLogits(
  model: tf.LayersModel,
  folder: string,
  { dataset, normalisation, train, ...split }: LogitsOptions,
): Promise<Record<string, number>> {
  const normalised = { ...dataset, ...normalisation };
  const every = (labels: Int32Array) => Int32Array.from(labels.keys());
  const { validation } = splitIndices(dataset.train.labels, split);
  const parts = [
    ["val", dataset.train, validation],
    ["test", dataset.test, every(dataset.test.labels)],
    ...(train
      ? [["train", dataset.train, every(dataset.train.labels)] as const]
      : []),
  ] as const;
  const written: Record<string, number> = {};
  for (const [part, set, chosen] of parts) {
    const { images, labels, indices } = takePart(normalised, set, chosen);
    const { data, rows, columns } = predict(model, images);
    images.dispose();
    checkLogits(data, columns, part);
    const write = (what: string, array: Parameters<typeof writeNpy>[1]) =>
      writeNpy(join(folder, `${what}-${part}.npy`), array);
    await write("logits", { data, shape: [rows, columns] });
    await write("labels", { data: labels, shape: [rows] });
    await write("indices", { data: indices, shape: [rows] });
    written[part] = rows;
  }
  return written;
}
