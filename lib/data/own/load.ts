import { basename } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { BadSetting } from "../../setting_rules.ts";
import { isFolder } from "../../files/folders.ts";
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
import { type Report, silent } from "../report.ts";
import type { Fit } from "../formats/resize.ts";

/** A person's own data, as an experiment names it. */
export interface OwnData {
  /** Where it was found; it may lie elsewhere and be the same data. */
  readonly folder: string;
  /** SHA-256 of its files: names, sizes and bytes. */
  readonly sha256: string;
  /** How images were made alike, where that was asked for. */
  readonly imageSize?: number;
  readonly fit?: Fit;
  readonly channels?: 1 | 3;
  /** What training may do to its images, where it may do anything. */
  readonly augment?: "crop-flip";
}

/** What was asked for besides the folder. */
export type OwnOptions = ImageOptions & {
  readonly augment?: "none" | "crop-flip" | undefined;
};

/** Hashes by the names, sizes and times of the files that were hashed. */
const known = new Map<string, string>();

/**
 * Names a person's own data by what it holds now; files that did not change
 * are read to the end once in a process.
 *
 * @throws {BadInput} if the folder holds no data set, or an option does not go
 * with what it holds
 */
export function identifyOwn(folder: string, options: OwnOptions): OwnData {
  const real = Deno.realPathSync(folder);
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
      `${nameOf(given)} goes with folders of images: ${folder} holds arrays`
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
    const { size, mtime } = Deno.statSync(path);
    return `${path} ${size} ${mtime?.getTime()}`;
  }).join("\n");
}

/** One hash of all files, each by its name in the folder, size and bytes. */
function contentHash(folder: string, layout: OwnLayout): string {
  return sha256OfParts(partsOf(folder, layout));
}

function* partsOf(
  folder: string,
  layout: OwnLayout,
): Generator<Uint8Array | string> {
  for (const path of filesOfLayout(layout)) {
    const bytes = Deno.readFileSync(path);
    yield `${JSON.stringify([nameWithin(folder, path), bytes.length])}\n`;
    yield bytes;
  }
}

/**
 * A person's own data in memory. Where it has no test part, one sample in seven
 * is held out as one.
 *
 * @throws {BadInput} if it is not what it was when it was named, or a file
 * cannot be used
 */
export async function loadOwn(
  own: OwnData,
  report: Report = silent,
): Promise<Dataset> {
  const { folder, sha256, augment = "none", ...options } = own;
  if (!isFolder(folder)) {
    throw new BadInput(
      `Cannot find the data set ${basename(folder)}: it was in ${folder}, ` +
        `and must be there`,
    );
  }
  const layout = findOwnLayout(folder);
  const found = contentHash(folder, layout);
  if (found !== sha256) {
    throw new BadInput(
      `Cannot use ${folder} as it holds other data than before: the SHA-256 ` +
        `of its content is ${found}, and was ${sha256}`,
    );
  }
  const { train, test, ...facts } = layout.kind === "arrays"
    ? await readOwnArrays(layout)
    : await readOwnImages(layout, options, report);
  if (facts.vectors && augment !== "none") {
    throw new BadInput(
      `Cannot crop and flip the rows of ${folder}: they are feature vectors`,
    );
  }
  const size = facts.height * facts.width * facts.channels;
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
  };
}
