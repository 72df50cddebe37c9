import { BadInput } from "../../../bad_input.ts";
import { confidentErrors } from "../../../calibration/confident_errors.ts";
import { parseArrayPath } from "../../../files/array_path.ts";
import { openArrays } from "../../../files/arrays/open_arrays.ts";
import { chooseArray } from "../../../files/arrays/choose_array.ts";
import { shapeText } from "../../../files/npy_header.ts";
import { softmax } from "../../../logits/softmax.ts";
import type { FittedScores } from "./inspect_scores.ts";

/** A wrong prediction with its image. */
export interface InspectedImage {
  readonly caption: string;
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Number of images in the gallery. */
const MOST = 24;

/** Where the values of an image are in an array. */
interface Layout {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Whether channels come before rows and columns, as in PyTorch. */
  readonly channelsFirst: boolean;
}

/**
 * The images of the most confident errors of the first model.
 *
 * @param path `FILE` or `FILE:KEY` of images `[n, height, width]`, with 1 or 3 channels
 * first or last, or `[n, side²]`
 * @throws {BadInput} if it does not contain images of the test rows
 */
export async function inspectedImages(
  path: string,
  { models: [{ logits }], labels, classNames }: FittedScores,
): Promise<InspectedImage[]> {
  const { file, key } = parseArrayPath(path);
  const array = chooseArray(await openArrays(file), key, {
    what: "images",
    kinds: [({ shape }) => shape.length > 2],
  });
  const layout = layoutOf(array.shape, array.source);
  if (array.shape[0] !== labels.length) {
    throw new BadInput(
      `Cannot use ${path}: there are ${array.shape[0]} images and ` +
        `${labels.length} rows`,
    );
  }
  const { data, type } = array.read();
  if (type === "text") {
    throw new BadInput(`Cannot use ${path}: images must be numbers`);
  }
  const values = data as ArrayLike<number>;
  const range = rangeOf(values);
  const nameOf = (k: number) => classNames?.[k] ?? `class ${k}`;
  return confidentErrors(softmax(logits), labels, MOST).map((error) => ({
    caption: `${nameOf(error.label)}, taken for ${nameOf(error.predicted)} ` +
      `(${Math.round(100 * error.confidence)} %), row ${error.row}`,
    width: layout.width,
    height: layout.height,
    pixels: pixelsOf(values, error.row, { layout, range }),
  }));
}

function layoutOf(shape: readonly number[], source: string): Layout {
  const [, a, b, c] = shape;
  const isColour = (channels: number) => channels === 1 || channels === 3;
  const side = Math.sqrt(a);
  if (shape.length === 2 && Number.isInteger(side)) {
    return { width: side, height: side, channels: 1, channelsFirst: false };
  }
  if (shape.length === 3) {
    return { width: b, height: a, channels: 1, channelsFirst: false };
  }
  if (shape.length === 4 && isColour(c)) {
    return { width: b, height: a, channels: c, channelsFirst: false };
  }
  if (shape.length === 4 && isColour(a)) {
    return { width: c, height: b, channels: a, channelsFirst: true };
  }
  throw new BadInput(
    `Cannot use ${source}: its shape is ${shapeText(shape)} but must be ` +
      "(rows, height, width), with 1 or 3 channels first or last",
  );
}

/** The values of black and white: 0 to 255 or 1, or the ends of all values. */
function rangeOf(values: ArrayLike<number>): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, Number(values[i]));
    high = Math.max(high, Number(values[i]));
  }
  if (low < 0) return [low, high];
  return high <= 1 ? [0, 1] : [0, Math.max(255, high)];
}

function pixelsOf(
  values: ArrayLike<number>,
  row: number,
  { layout, range: [low, high] }: {
    readonly layout: Layout;
    readonly range: readonly [number, number];
  },
): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, channels, channelsFirst } = layout;
  const size = width * height;
  const start = row * size * channels;
  const pixels = new Uint8ClampedArray(4 * size);
  for (let at = 0; at < size; at++) {
    for (let k = 0; k < 3; k++) {
      const channel = Math.min(k, channels - 1);
      const from = channelsFirst
        ? channel * size + at
        : at * channels + channel;
      const value = Number(values[start + from]);
      pixels[4 * at + k] = 255 * (value - low) / (high - low || 1);
    }
    pixels[4 * at + 3] = 255;
  }
  return pixels;
}
