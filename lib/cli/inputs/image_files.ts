import { BadInput } from "../../bad_input.ts";
import { parseArrayPath } from "../../files/array_path.ts";
import { chooseArray, type Expected } from "../../files/arrays/choose_array.ts";
import { openArrays } from "../../files/arrays/open_arrays.ts";
import type { ArrayValues } from "../../files/arrays/stored_array.ts";
import { shapeText } from "../../files/npy_header.ts";
import type { ImageStack } from "../../reports/interactive/embedded_images.ts";
import type { FileRows } from "./loaded_scores.ts";

/** Images, and what is worth knowing about how they were read. */
export interface ReadImages {
  /** One per row that counts. */
  readonly images: ImageStack;
  readonly remarks: readonly string[];
}

const KINDS: Expected["kinds"] = [
  ({ shape, type }) => shape.length === 4 && type !== "text",
  ({ shape, type }) => shape.length === 3 && type !== "text",
];

/**
 * Reads the images of test rows. Whole numbers are levels from 0 to 255; other numbers
 * are levels too, or shares of them if all are in [0, 1], or else are scaled so that
 * they become levels.
 *
 * @param path `FILE` or `FILE:KEY`, of shape (rows, height, width) or (rows, height,
 * width, channels)
 * @param rows the rows of the scores
 * @throws {BadInput} naming `--images`, if the file contains no images of these rows
 */
export async function readImages(
  path: string,
  { stored, kept }: FileRows,
): Promise<ReadImages> {
  const { file, key } = parseArrayPath(path);
  const array = chooseArray(await openArrays(file), key, {
    what: "images",
    kinds: KINDS,
  });
  checkShape(path, array.shape, stored);
  const values = array.read();
  const [, height, width, channels = 1] = array.shape;
  const { pixels, remarks } = levelsOf(values, path);
  const size = height * width * channels;
  const own = kept === undefined ? pixels : ofRows(pixels, size, kept);
  return { images: { pixels: own, height, width, channels }, remarks };
}

function checkShape(
  path: string,
  shape: readonly number[],
  stored: number,
): void {
  const [rows, height, width, channels = 1] = shape;
  const fits = (shape.length === 3 || shape.length === 4) && height > 0 &&
    width > 0 && (channels === 1 || channels === 3);
  if (!fits) {
    throw new BadInput(
      `--images ${path} must have the shape (rows, height, width) or (rows, ` +
        `height, width, channels) with 1 or 3 channels, which come last: ` +
        `current shape is ${shapeText(shape)}`,
    );
  }
  if (rows === stored) return;
  throw new BadInput(
    `--images ${path} must have the ${stored} rows of the scores: it has ${rows}`,
  );
}

/** The levels of numbers, from 0 to 255. */
function levelsOf(
  { data, type }: ArrayValues,
  path: string,
): { readonly pixels: Uint8Array; readonly remarks: readonly string[] } {
  if (data instanceof Uint8Array && type === "whole") {
    return { pixels: data, remarks: [] };
  }
  const numbers = data as ArrayLike<number | bigint>;
  const [low, high] = rangeOf(numbers, path);
  const isShare = low >= 0 && high <= 1;
  const isLevel = low >= 0 && high <= 255;
  const [from, to] = isShare ? [0, 1] : isLevel ? [0, 255] : [low, high];
  const pixels = new Uint8Array(numbers.length);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = Math.round(255 * (Number(numbers[i]) - from) / (to - from));
  }
  const remark = `${path}: the images' numbers from ${low.toPrecision(3)} to ` +
    `${high.toPrecision(3)} are shown as levels from black to white`;
  return { pixels, remarks: isLevel ? [] : [remark] };
}

function rangeOf(
  numbers: ArrayLike<number | bigint>,
  path: string,
): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < numbers.length; i++) {
    const number = Number(numbers[i]);
    if (!Number.isFinite(number)) {
      throw new BadInput(
        `--images ${path} must be finite: value ${i} is ${number}`,
      );
    }
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return [low, high];
}

function ofRows(
  pixels: Uint8Array,
  size: number,
  rows: readonly number[],
): Uint8Array {
  const chosen = new Uint8Array(rows.length * size);
  rows.forEach((row, i) =>
    chosen.set(pixels.subarray(row * size, (row + 1) * size), i * size)
  );
  return chosen;
}
