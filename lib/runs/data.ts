import { BadInput } from "../bad_input.ts";
import { type DeviceImages, deviceImages } from "../data/device_images.ts";
import { stratifiedFolds } from "../data/folds.ts";
import { type Dataset, type ImageSet, takeImages } from "../data/image_set.ts";
import { type Split, splitIndices } from "../data/split.ts";
import type { tf } from "../engine/engine.ts";
import { buildModel } from "../models/build.ts";
import { stream } from "../random.ts";
import { withLabelNoise } from "./label_noise.ts";
import { loadDatasetOnce } from "./load_dataset.ts";
import type { Parts } from "./store.ts";
import type { DataSpec, HoldOut, RunSpec } from "./spec.ts";

/** One part of a run's data, its images on the device. */
export interface PartData {
  readonly images: DeviceImages;
  /** `[n]` */
  readonly labels: Int32Array;
  /** `[n]`, ascending positions in the data set. */
  readonly indices: Int32Array;
}

/** The training, validation and test data of a run. */
export interface RunData {
  /** The data set, with the run's label noise. */
  readonly dataset: Dataset;
  /** The split, without the fold that the run holds out. */
  readonly split: Split;
  readonly parts: Parts<PartData>;
  dispose(): void;
}

/**
 * Splits a data set by the run's seed and puts its parts on the device. Split
 * and folds depend on the clean labels, so that noise does not change them.
 *
 * @param options `noiseFolder`: folder of the run whose confusions give the label
 * noise, by default found by its id
 * @throws {BadInput} if that run is not finished
 */
export async function openRunData(
  spec: DataSpec,
  seed: number,
  { noiseFolder }: { readonly noiseFolder?: string | undefined } = {},
): Promise<RunData> {
  const clean = await loadDatasetOnce(spec.dataset, { own: spec.own });
  const dataset = await withLabelNoise(clean, {
    noise: spec.noise,
    folder: noiseFolder,
  });
  const { labels } = clean.train;
  const full = splitIndices(labels, {
    trainFraction: spec.trainFraction,
    limit: spec.limit ?? undefined,
    seed: spec.splitSeed ?? seed,
  });
  const { train, held } = heldOut(full.train, labels, spec.holdOut);
  const split = { train, validation: full.validation };
  const all = Int32Array.from(dataset.test.labels.keys());
  const parts = {
    train: takePart(dataset, dataset.train, split.train),
    val: takePart(dataset, dataset.train, split.validation),
    test: takePart(dataset, dataset.test, all),
    ...(held ? { held: takePart(dataset, dataset.train, held) } : {}),
  };
  const dispose = () => {
    for (const part of Object.values(parts)) part.images.dispose();
  };
  return { dataset, split, parts, dispose };
}

/** Splits training samples into one fold and the rest. */
function heldOut(
  train: Int32Array,
  labels: Int32Array,
  holdOut: HoldOut | undefined,
): { train: Int32Array; held?: Int32Array } {
  if (holdOut === undefined) return { train };
  const own = Int32Array.from(train, (index) => labels[index]);
  const folds = stratifiedFolds(own, holdOut);
  return {
    train: train.filter((_, i) => folds[i] !== holdOut.fold),
    held: train.filter((_, i) => folds[i] === holdOut.fold),
  };
}

/** Every network accepts images with at least this many pixels per side. */
const SAFE_PIXELS = 28;

/**
 * Throws if a network does not fit a data set: feature vectors have no height
 * and width, so only `mlp` takes them, and strides and poolings may reduce
 * small images to nothing.
 *
 * @throws {BadInput} if it does not fit; the message names both
 */
export function checkModelFits(
  model: RunSpec["model"],
  dataset: Dataset,
): void {
  const { name, height, width, channels, vectors, classNames } = dataset;
  if (model === "mlp") return;
  if (vectors) {
    throw new BadInput(
      `Model ${model} takes images, but the rows of ${name} are vectors of ` +
        `${channels} features, which only mlp takes`,
    );
  }
  if (Math.min(height, width) >= SAFE_PIXELS) return;
  const size = { height, width, channels, classes: classNames.length };
  const network = buildModel(model, { ...size, random: null });
  const sizes = network.layers.flatMap(({ outputShape }) =>
    (outputShape as number[]).slice(1)
  );
  network.dispose();
  if (sizes.every((size) => size >= 1)) return;
  throw new BadInput(
    `Model ${model} needs larger images than those of ${name}: they have ` +
      `${width} x ${height} pixels`,
  );
}

/** Builds a run's network with its initial weights. */
export function openModel(
  { model, seed }: Pick<RunSpec, "model" | "seed">,
  { dataset }: Pick<RunData, "dataset">,
): tf.LayersModel {
  const { height, width, channels, classNames } = dataset;
  return buildModel(model, {
    height,
    width,
    channels,
    classes: classNames.length,
    random: stream(seed, `init/${model}`),
  });
}

/**
 * Puts some of a set's images on the device, normalised by the data set's mean
 * and standard deviation.
 */
export function takePart(
  dataset: Dataset,
  set: ImageSet,
  indices: Int32Array,
): PartData {
  const { height, width, channels, mean, std } = dataset;
  const size = height * width * channels;
  const images = takeImages(set.images, indices, size);
  return {
    images: deviceImages({ images, height, width, channels, mean, std }),
    labels: Int32Array.from(indices, (index) => set.labels[index]),
    indices,
  };
}
