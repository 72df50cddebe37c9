import { basename } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { BadSetting } from "../../setting_rules.ts";
import { isFolder } from "../../files/folders.ts";
import { readBytesSync, unreadable } from "../../files/read_bytes.ts";
import { sha256OfParts } from "../../files/sha256.ts";
import { channelStatistics } from "../channel_statistics.ts";
import { holdOutTestPart } from "../test_part.ts";
import type { Dataset } from "../image_set.ts";
import { readOwnArrays } from "./arrays.ts";
import { type ImageOptions, readOwnImages } from "./images.ts";
import {
  filesOfLayout,
  findOwnLayout,
  nameWithin,
  type OwnLayout,
} from "./layout.ts";
import { repeatRemarks } from "./repeated_samples.ts";
import { type Report, silent } from "../report.ts";
import type { Fit } from "../formats/resize.ts";

/** Your own data as identified in a run, a JSON value. */
export interface OwnData {
  /** Folder of the data. In another folder it is still the same data. */
  readonly folder: string;
  /** SHA-256 of its files: names, sizes and bytes. */
  readonly sha256: string;
  /** Pixels per side to which images are resized; absent if unchanged. */
  readonly imageSize?: number;
  /** How images are fitted to a square; present with `imageSize`. */
  readonly fit?: Fit;
  /** Number of channels to which images are converted; absent if unchanged. */
  readonly channels?: 1 | 3;
  /** Augmentation that keeps the class of an image; absent if none. */
  readonly augment?: "crop-flip";
}

/** Options of `identifyOwn()`. */
export type OwnOptions = ImageOptions & {
  /** Augmentation that keeps the class of an image ("none"). */
  readonly augment?: "none" | "crop-flip" | undefined;
};

/** Hashes by names, sizes and times of the files. */
const known = new Map<string, string>();

/**
 * Identifies your own data in a folder by its current content. Unchanged files are
 * hashed only once per process.
 *
 * The folder contains either NumPy arrays `X.npy` and `y.npy`, optionally with
 * `X_test.npy` and `y_test.npy`, or a folder of PNG or JPEG images for each class,
 * optionally within `train`, `val` and `test`.
 *
 * @throws {BadInput} if the folder is not a data set, or an option does not apply to
 * it
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { identifyOwn } from "@ils/label-smoothing/data";
 * import { writeNpy } from "@ils/label-smoothing/files";
 * const folder = await Deno.makeTempDir();
 * const X = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
 * await writeNpy(`${folder}/X.npy`, X);
 * await writeNpy(`${folder}/y.npy`, { shape: [2], data: Int32Array.of(0, 1) });
 * strictEqual(identifyOwn(folder, {}).sha256.length, 64);
 * ```
 */
export function identifyOwn(folder: string, options: OwnOptions): OwnData {
  const real = realPathOf(folder);
  const layout = findOwnLayout(real);
  checkOptions(layout, real, options);
  const { imageSize, fit, channels, augment } = options;
  const state = stateOf(layout);
  const sha256 = known.get(state) ?? contentHash(real, layout);
  known.set(state, sha256);
  return {
    folder: real,
    sha256,
    ...(imageSize === undefined ? {} : { imageSize, fit: fit ?? "crop" }),
    ...(channels === undefined ? {} : { channels }),
    ...(augment === "crop-flip" ? { augment } : {}),
  };
}

function checkOptions(
  layout: OwnLayout,
  folder: string,
  { imageSize, fit, channels }: OwnOptions,
): void {
  const given = Object.entries({ imageSize, fit, channels })
    .find(([, value]) => value !== undefined)?.[0];
  if (layout.kind === "arrays" && given !== undefined) {
    throw new BadSetting((nameOf) =>
      `${nameOf(given)} goes with folders of images: ${folder} contains arrays`
    );
  }
  if (fit !== undefined && imageSize === undefined) {
    throw new BadSetting((nameOf) =>
      `${nameOf("fit")} goes with ${nameOf("imageSize")}`
    );
  }
}

function stateOf(layout: OwnLayout): string {
  return filesOfLayout(layout).map((path) => {
    const { size, mtime } = statOf(path);
    return `${path} ${size} ${mtime?.getTime()}`;
  }).join("\n");
}

function realPathOf(folder: string): string {
  try {
    return Deno.realPathSync(folder);
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function statOf(path: string): Deno.FileInfo {
  try {
    return Deno.statSync(path);
  } catch (error) {
    // It has been removed since its folder was listed.
    throw unreadable(path, error);
  }
}

/** A hash of the relative names, sizes and bytes of all files. */
function contentHash(folder: string, layout: OwnLayout): string {
  return sha256OfParts(partsOf(folder, layout));
}

function* partsOf(
  folder: string,
  layout: OwnLayout,
): Generator<Uint8Array | string> {
  for (const path of filesOfLayout(layout)) {
    const bytes = readBytesSync(path);
    yield `${JSON.stringify([nameWithin(folder, path), bytes.length])}\n`;
    yield bytes;
  }
}

/**
 * Loads your own data. If it has no test samples, one sample in seven is held out.
 *
 * @param own from `identifyOwn()`
 * @param report receives progress and notes (none)
 * @throws {BadInput} if the data has changed since it was identified, or a file
 * cannot be used
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { identifyOwn, loadOwn } from "@ils/label-smoothing/data";
 * import { writeNpy } from "@ils/label-smoothing/files";
 * const folder = await Deno.makeTempDir();
 * // 14 feature vectors of two classes.
 * const y = Int32Array.from({ length: 14 }, (_, i) => i % 2);
 * await writeNpy(`${folder}/y.npy`, { shape: [14], data: y });
 * const X = { shape: [14, 3], data: new Float32Array(14 * 3) };
 * await writeNpy(`${folder}/X.npy`, X);
 * const { train, test } = await loadOwn(identifyOwn(folder, {}));
 * strictEqual(train.labels.length, 12);
 * strictEqual(test.labels.length, 2);
 * ```
 */
export async function loadOwn(
  own: OwnData,
  report: Report = silent,
): Promise<Dataset> {
  const { folder, sha256, augment = "none", ...options } = own;
  const layout = findUnchanged(folder, sha256);
  if (layout.kind === "images") layout.notes.forEach((note) => report(note));
  const { train, test, ...facts } = layout.kind === "arrays"
    ? await readOwnArrays(layout)
    : await readOwnImages(layout, options, report);
  if (facts.vectors && augment !== "none") {
    throw new BadInput(
      `Cannot crop and flip the rows of ${folder}: they are feature vectors`,
    );
  }
  const size = facts.height * facts.width * facts.channels;
  const remarks = repeatRemarks({
    ...{ train, test, size, vectors: facts.vectors ?? false },
    nameOf: (part, index) => sampleName(folder, layout, { part, index }),
  });
  remarks.forEach((remark) => report(`Remark: ${remark}`));
  const { classNames } = facts;
  const parts = test
    ? { train, test }
    : holdOutTestPart(train, size, { source: folder, classNames });
  return {
    name: basename(folder),
    title: basename(folder),
    ...facts,
    ...parts,
    ...channelStatistics(parts.train.images, facts.channels),
    augment,
    ...remarks.length === 0 ? {} : { remarks },
  };
}

/** The file of an image, or the row and file of a row. */
function sampleName(
  folder: string,
  layout: OwnLayout,
  { part, index }: { readonly part: "train" | "test"; readonly index: number },
): string {
  return layout.kind === "images"
    ? nameWithin(folder, layout[part]![index].path)
    : `row ${index} of ${nameWithin(folder, layout[part]!.x)}`;
}

/**
 * Returns the layout of identified data.
 *
 * @throws {BadInput} if the folder is missing or its content has changed
 */
function findUnchanged(folder: string, sha256: string): OwnLayout {
  const name = basename(folder);
  if (!isFolder(folder)) {
    throw new BadInput(
      `Cannot find the data set ${name}: it must be in ${folder}, ` +
        `where it was before`,
    );
  }
  const layout = findOwnLayout(folder);
  const found = contentHash(folder, layout);
  if (found !== sha256) {
    throw new BadInput(
      `Cannot use ${folder} as its content has changed: the SHA-256 is ` +
        `${found} but was ${sha256}`,
    );
  }
  return layout;
}
