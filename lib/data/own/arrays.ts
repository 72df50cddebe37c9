import { BadInput } from "../../bad_input.ts";
import { readArray } from "../../files/npy.ts";
import { readLabels } from "../../files/read_labels.ts";
import type { NpyArray } from "../../files/npy_types.ts";
import { shapeText } from "../../files/npy_header.ts";
import type { ImageSet, PixelData } from "../image_set.ts";
import { membersByClass } from "../split.ts";
import type { ArrayLayout, ArrayPair } from "./layout.ts";

/** Your own data in memory, with or without test samples. */
export interface OwnSets {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly vectors?: true;
  readonly classNames: readonly string[];
  readonly train: ImageSet;
  readonly test: ImageSet | undefined;
}

/** Largest number of channels; a longer last axis is not one of channels. */
const MOST_CHANNELS = 4;

/**
 * Reads rows and labels. Rows are feature vectors `[n, features]`, grey images
 * `[n, height, width]` or images `[n, height, width, channels]`. Values of type uint8
 * are pixels in 0 to 255; other types are numbers, which stay unchanged. Labels are
 * whole numbers from 0 without gaps, and also the names of the classes.
 *
 * @throws {BadInput} naming the file and the row
 */
export async function readOwnArrays(layout: ArrayLayout): Promise<OwnSets> {
  const train = await readPair(layout.train);
  const classes = train.labels.reduce((a, b) => Math.max(a, b), 0) + 1;
  checkClasses(train.labels, classes, layout.train.y);
  const test = layout.test && await readPair(layout.test, classes);
  if (test && `${test.shape.slice(1)}` !== `${train.shape.slice(1)}`) {
    throw new BadInput(
      `Cannot use ${layout.test!.x}: its shape is ${shapeText(test.shape)} ` +
        `but must fit ${shapeText(train.shape)} of ${layout.train.x}`,
    );
  }
  if (test && test.images.constructor !== train.images.constructor) {
    throw new BadInput(
      `Cannot use ${layout.test!.x} with ${layout.train.x}: one contains ` +
        `bytes (uint8), the other numbers`,
    );
  }
  return {
    ...sizeOf(train.shape),
    classNames: Array.from({ length: classes }, (_, label) => `${label}`),
    train,
    test,
  };
}

async function readPair({ x, y }: ArrayPair, classes?: number) {
  const { array, source } = await readArray(x, {
    what: "rows",
    fits: ({ shape }) => shape.length >= 2,
  });
  checkShape(array, source);
  const labels = await readLabels(y, classes === undefined ? {} : { classes });
  if (labels.length !== array.shape[0]) {
    throw new BadInput(
      `Cannot use ${x} with ${y}: there are ${array.shape[0]} rows and ` +
        `${labels.length} labels`,
    );
  }
  return { images: valuesOf(array, source), labels, shape: array.shape };
}

function checkShape({ shape }: NpyArray, path: string): void {
  const fits = shape.length >= 2 && shape.length <= 4 && !shape.includes(0) &&
    (shape.length < 4 || shape[3] <= MOST_CHANNELS);
  if (fits) return;
  throw new BadInput(
    `Cannot use ${path}: its shape is ${shapeText(shape)} but must be ` +
      `(rows, features), (rows, height, width) or (rows, height, width, ` +
      `channels) with 1 to ${MOST_CHANNELS} channels` +
      (isChannelsFirst(shape)
        ? "; of channels first, give X.transpose(0, 2, 3, 1)"
        : ""),
  );
}

/** Whether a shape is (rows, channels, height, width), as PyTorch has it. */
function isChannelsFirst({ length, 1: channels }: readonly number[]): boolean {
  return length === 4 && channels >= 1 && channels <= MOST_CHANNELS;
}

function sizeOf(
  [, ...axes]: readonly number[],
): Pick<OwnSets, "height" | "width" | "channels" | "vectors"> {
  if (axes.length === 1) {
    return { height: 1, width: 1, channels: axes[0], vectors: true };
  }
  const [height, width, channels = 1] = axes;
  return { height, width, channels };
}

function valuesOf({ data, shape }: NpyArray, path: string): PixelData {
  if (data instanceof Uint8Array) return data;
  const values = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) values[i] = Number(data[i]);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return values;
  const size = values.length / shape[0];
  const row = Math.floor(bad / size);
  throw new BadInput(
    `Cannot use ${path}: value ${bad % size} of row ${row} (from 0) is ` +
      `${data[bad]} but must be finite in float32`,
  );
}

function checkClasses(
  labels: Int32Array,
  classes: number,
  path: string,
): void {
  if (classes < 2) {
    throw new BadInput(`Cannot use ${path}: all its labels are 0`);
  }
  const members = membersByClass(labels);
  if (members.size === classes) return;
  let absent = 0;
  while (members.has(absent)) absent++;
  throw new BadInput(
    `Cannot use ${path}: its largest label is ${
      classes - 1
    }, but no label is ` +
      `${absent}; labels must be consecutive from 0`,
  );
}
