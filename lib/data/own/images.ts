import { BadSetting } from "../../setting_rules.ts";
import type { ImageSet } from "../image_set.ts";
import type { OwnSets } from "./arrays.ts";
import type { ImageLayout, LabelledFile } from "./layout.ts";
import { type Report, silent } from "../report.ts";
import { type Raster, withChannels } from "../formats/raster.ts";
import type { Fit } from "../formats/resize.ts";

/** After so many images one is told how far it is. */
const TOLD_EVERY = 100;

/** How images are made alike. */
export interface ImageOptions {
  /** Pixels of a side; without it all must be of one size already. */
  readonly imageSize?: number | undefined;
  /** How another shape is brought to a square ("crop"). */
  readonly fit?: Fit | undefined;
  /** Grey or colour; colour if one of them is, unless given. */
  readonly channels?: 1 | 3 | undefined;
}

/**
 * Reads the images of all classes.
 *
 * @throws {BadSetting} that names an image that cannot be read, or is of another
 * size than those before it where none is asked for
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
  const alike = rasters.map((raster) => withChannels(raster, channels));
  const set = (start: number, labelled: readonly LabelledFile[]): ImageSet => ({
    images: joined(alike.slice(start, start + labelled.length)),
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
  // Only images need TensorFlow, which takes its time to load.
  const { decodeImage } = await import("../formats/decode_image.ts");
  const { fitImage } = await import("../formats/resize.ts");
  const rasters: Raster[] = [];
  for (const { path } of files) {
    if (rasters.length % TOLD_EVERY === 0) {
      report(`${rasters.length} of ${files.length} images`, "passing");
    }
    const image = decodeImage(await Deno.readFile(path), path);
    if (imageSize !== undefined) rasters.push(fitImage(image, imageSize, fit));
    else {
      const first = rasters[0] ?? image;
      if (image.height !== first.height || image.width !== first.width) {
        throw new BadSetting((nameOf) =>
          `Cannot use ${path}: it has ${sizeText(image)} pixels, and ` +
          `${files[0].path} has ${sizeText(first)}; ${nameOf("imageSize")} ` +
          `brings all to one size`
        );
      }
      rasters.push(image);
    }
  }
  report(`Read ${files.length} images`);
  return rasters;
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
