import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import type { Collection, Contents, PinnedFile } from "../collection.ts";
import type { ImageSet } from "../image_set.ts";
import { type MatArray, readMatFile } from "../../files/mat.ts";
import { isFile } from "../../files/folders.ts";
import { readBytes } from "../../files/read_bytes.ts";
import { checkPinned } from "../fetch/pinned_file.ts";

/** A data set in MAT-files such as SVHN's. */
export interface SvhnCollection {
  readonly height: number;
  readonly width: number;
  /** Files whose images are concatenated in this order. */
  readonly train: readonly SvhnFile[];
  readonly test: readonly SvhnFile[];
}

/** A file and its number of images. */
export interface SvhnFile extends PinnedFile {
  readonly images: number;
}

const CHANNELS = 3;
const CLASSES = 10;

/**
 * The files of an SVHN data set, with pixels `X` `[height, width, 3, n]` and labels
 * `y` `[n, 1]` in 1 to 10, where 10 means the digit 0.
 */
export function svhnFiles(collection: SvhnCollection): Collection {
  const files = [...collection.train, ...collection.test];
  return {
    fileNames: files.map(({ name }) => name).join(", "),
    isIn: (folder) => files.some(({ name }) => isFile(join(folder, name))),
    async read(folder): Promise<Contents> {
      return {
        train: await readSet(folder, collection.train, collection),
        test: await readSet(folder, collection.test, collection),
        files: files.map(({ name, sha256 }) => ({ name, sha256 })),
      };
    },
  };
}

async function readSet(
  folder: string,
  files: readonly SvhnFile[],
  size: Size,
): Promise<ImageSet> {
  const pixels = size.height * size.width * CHANNELS;
  const count = files.reduce((sum, { images }) => sum + images, 0);
  const images = new Uint8Array(count * pixels);
  const labels = new Int32Array(count);
  let first = 0;
  for (const file of files) {
    const { X, y } = await readArrays(folder, file, size);
    writeRowMajor(X, images.subarray(first * pixels), size);
    labels.set(y, first);
    first += file.images;
  }
  return { images, labels };
}

type Size = Pick<SvhnCollection, "height" | "width">;

async function readArrays(
  folder: string,
  file: SvhnFile,
  { height, width }: Size,
): Promise<{ X: Uint8Array; y: Int32Array }> {
  const path = join(folder, file.name);
  if (!isFile(path)) {
    throw new BadInput(`Cannot find ${file.name} in ${folder}`);
  }
  const bytes = await readBytes(path);
  checkPinned(bytes, file, { path });
  const arrays = readMatFile(bytes, path);
  const take = (name: string, shape: readonly number[]): MatArray => {
    const array = arrays.get(name);
    const found = array === undefined
      ? "absent"
      : `[${array.shape.join(", ")}]`;
    if (found === `[${shape.join(", ")}]`) return array!;
    throw new BadInput(
      `Cannot use ${path}: ${name} must be [${shape.join(", ")}] but is ` +
        found,
    );
  };
  const { data: X } = take("X", [height, width, CHANNELS, file.images]);
  if (!(X instanceof Uint8Array)) {
    throw new BadInput(`Cannot use ${path}: X must contain bytes`);
  }
  return { X, y: digits(take("y", [file.images, 1]), path) };
}

/** Converts MATLAB's column-major order to NHWC. */
function writeRowMajor(
  pixels: Uint8Array,
  result: Uint8Array,
  { height, width }: Size,
): void {
  const plane = height * width;
  const images = pixels.length / (CHANNELS * plane);
  let to = 0;
  for (let i = 0; i < images; i++) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const from = i * CHANNELS * plane + column * height + row;
        for (let c = 0; c < CHANNELS; c++) {
          result[to++] = pixels[from + c * plane];
        }
      }
    }
  }
}

function digits({ data }: MatArray, path: string): Int32Array {
  return Int32Array.from(data, (label, i) => {
    if (Number.isInteger(label) && label >= 1 && label <= CLASSES) {
      return label % CLASSES;
    }
    throw new BadInput(
      `Cannot use ${path}: labels must be 1 to ${CLASSES}, but that of image ` +
        `${i} (from 0) is ${label}`,
    );
  });
}
