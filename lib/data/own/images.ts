import { BadSetting } from "../../setting_rules.ts";
import type { ImageSet } from "../image_set.ts";
import type { OwnSets } from "./arrays.ts";
import { readBytes } from "../../files/read_bytes.ts";
import type { ImageLayout, LabelledFile } from "./image_layout.ts";
import { lookAtImages } from "./look_at_images.ts";
import { type Report, silent } from "../report.ts";
import { type Raster, withChannels } from "../formats/raster.ts";
import type { Fit } from "../formats/resize.ts";

/** Progress is reported each time this many images have been read. */
const REPORT_EVERY = 100;

/** Largest number of bytes of all images together, 8 GiB. */
const MOST_BYTES = 2 ** 33;

/** Bits that cameras and scanners have, in samples of 16 bits. */
const DEPTHS = [8, 10, 12, 14, 16];

/** How images are converted to the same size and number of channels. */
export interface ImageOptions {
  /** Pixels per side (unchanged; all images must then have the same size). */
  readonly imageSize?: number | undefined;
  /** How an image that is not square is fitted to a square ("crop"). */
  readonly fit?: Fit | undefined;
  /** 1 for grey, 3 for colour (colour if any image has colour). */
  readonly channels?: 1 | 3 | undefined;
}

/**
 * Reads the images of all classes.
 *
 * @throws {BadInput} naming an image that cannot be read
 * @throws {BadSetting} naming an image of another size, if there is no `imageSize`, or
 * if all images together need more than 8 GiB
 */
export async function readOwnImages(
  layout: ImageLayout,
  options: ImageOptions,
  report: Report = silent,
): Promise<OwnSets> {
  const files = [...layout.train, ...layout.test ?? []];
  const rasters = await readRasters(files, options, report);
  const channels = options.channels ??
    (rasters.some((raster) => raster.channels === 3) ? 3 : 1);
  const converted = rasters.map((raster) => withChannels(raster, channels));
  const set = (start: number, labelled: readonly LabelledFile[]): ImageSet => ({
    images: joined(converted.slice(start, start + labelled.length)),
    labels: Int32Array.from(labelled, ({ label }) => label),
  });
  const { height, width } = rasters[0];
  return {
    height,
    width,
    channels,
    classNames: layout.classNames,
    train: set(0, layout.train),
    test: layout.test && set(layout.train.length, layout.test),
  };
}

async function readRasters(
  files: readonly LabelledFile[],
  { imageSize, fit = "crop" }: ImageOptions,
  report: Report,
): Promise<Raster[]> {
  // Only images need TensorFlow, which is slow to load.
  const { decodeImage } = await import("../formats/decode_image.ts");
  const { fitImage } = await import("../formats/resize.ts");
  const depth = await depthOf(files.map(({ path }) => path), report);
  const rasters: Raster[] = [];
  for (const { path } of files) {
    if (rasters.length % REPORT_EVERY === 0) {
      report(`${rasters.length} of ${files.length} images`, "passing");
    }
    const image = decodeImage(await readBytes(path), path, depth);
    const raster = imageSize === undefined
      ? image
      : fitImage(image, imageSize, fit);
    if (rasters.length === 0) checkTotal(raster, files);
    else checkSameSize(raster, { path, first: rasters[0], files });
    rasters.push(raster);
  }
  report(`Read ${files.length} images`);
  return rasters;
}

function checkTotal(
  { width, height, channels, pixels }: Raster,
  files: readonly LabelledFile[],
): void {
  const bytes = files.length * pixels.length;
  if (bytes <= MOST_BYTES) return;
  throw new BadSetting((nameOf) =>
    `Cannot read ${files.length} images of ${width} x ${height} x ${channels}: ` +
    `they need ${(bytes / 2 ** 30).toFixed(1)} GiB of memory but may need ` +
    `${MOST_BYTES / 2 ** 30}; ${nameOf("imageSize")} reduces them`
  );
}

function checkSameSize(
  image: Raster,
  { path, first, files }: {
    readonly path: string;
    readonly first: Raster;
    readonly files: readonly LabelledFile[];
  },
): void {
  if (image.height === first.height && image.width === first.width) return;
  throw new BadSetting((nameOf) =>
    `Cannot use ${path}: it has ${sizeText(image)} pixels, but ` +
    `${files[0].path} has ${sizeText(first)}; ${nameOf("imageSize")} resizes ` +
    `all to the same size`
  );
}

/**
 * The number of bits that images of 16 bits per sample use, at most 16: cameras of 12
 * bits write numbers up to 4,095, whose upper 8 bits are nearly 0.
 */
async function depthOf(
  paths: readonly string[],
  report: Report,
): Promise<number> {
  const wide = await lookAtImages(paths);
  const { largestSample } = await import("../formats/decode_image.ts");
  let largest = 0;
  for (const path of wide) {
    largest = Math.max(largest, largestSample(await readBytes(path), path));
  }
  const depth = DEPTHS.find((bits) => largest < 2 ** bits)!;
  if (wide.length === 0) return 16;
  if (depth < 16) {
    report(
      `PNG images of 16 bits have values of at most ${largest} and are read as ` +
        `${depth} bits`,
    );
  }
  return depth;
}

function sizeText({ width, height }: Raster): string {
  return `${width} x ${height}`;
}

function joined(rasters: readonly Raster[]): Uint8Array {
  const size = rasters[0].pixels.length;
  const images = new Uint8Array(rasters.length * size);
  rasters.forEach(({ pixels }, i) => images.set(pixels, i * size));
  return images;
}
