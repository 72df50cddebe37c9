import { deepStrictEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../../lib/bad_input.ts";
import { readOwnArrays } from "../../../lib/data/own/arrays.ts";
import {
  type ArrayLayout,
  findOwnLayout,
} from "../../../lib/data/own/layout.ts";
import { readNpy, writeNpy } from "../../../lib/files/npy.ts";
import type { NpyArray } from "../../../lib/files/npy_types.ts";
import { inFolder } from "../../cli/program.ts";
import { fixture } from "../../files/npy_samples.ts";

type Arrays = Readonly<Record<string, NpyArray>>;

const floats = (shape: number[], of = (i: number) => i / 8): NpyArray => ({
  data: Float32Array.from(
    { length: shape.reduce((a, b) => a * b) },
    (_, i) => of(i),
  ),
  shape,
});
const labels = (...data: number[]): NpyArray => ({
  data: Int32Array.from(data),
  shape: [data.length],
});

/** Three rows of two features. */
const GOOD: Arrays = { X: floats([3, 2]), y: labels(1, 0, 1) };

async function read(folder: string, arrays: Arrays) {
  for (const [name, array] of Object.entries(arrays)) {
    await writeNpy(join(folder, `${name}.npy`), array);
  }
  return await readOwnArrays(findOwnLayout(folder) as ArrayLayout);
}

Deno.test("rows of features become vectors with labels as class names", () =>
  inFolder(async (folder) => {
    const { train, test, ...facts } = await read(folder, GOOD);
    deepStrictEqual(facts, {
      ...{ height: 1, width: 1, channels: 2, vectors: true },
      classNames: ["0", "1"],
    });
    deepStrictEqual(train.images, GOOD.X.data);
    deepStrictEqual(train.labels, Int32Array.of(1, 0, 1));
    deepStrictEqual(test, undefined);
  }));

Deno.test("rows and labels may be in archives, and halves, turned or truth values", () =>
  inFolder(async (folder) => {
    const copy = (name: string, to: string) =>
      Deno.copyFile(fixture(name), join(folder, to));
    await copy("archive_turned.npz", "X.npz");
    await copy("labels_bool", "y.npy");
    const layout = findOwnLayout(folder) as ArrayLayout;
    const { train, ...facts } = await readOwnArrays(layout);
    deepStrictEqual(facts.classNames, ["0", "1"]);
    deepStrictEqual(facts.channels, 4);
    deepStrictEqual(
      train.images,
      Float32Array.from({ length: 12 }, (_, i) => i / 4 - 1),
    );
    deepStrictEqual(train.labels, Int32Array.of(1, 0, 1));
    await copy("logits_f4", "X.npy");
    await rejects(
      async () => await readOwnArrays(findOwnLayout(folder) as ArrayLayout),
      /as a data set: it contains both X\.npy and X\.npz$/,
    );
  }));

Deno.test("booleans are numbers, not pixels in 0 to 255", () =>
  inFolder(async (folder) => {
    const { data } = await readNpy(fixture("labels_bool"));
    const { train } = await read(folder, {
      ...GOOD,
      X: { data, shape: [3, 1] },
    });
    deepStrictEqual(train.images, Float32Array.of(1, 0, 1));
  }));

Deno.test("bytes stay bytes, and every other type becomes float32", () =>
  inFolder(async (folder) => {
    const X = { data: Uint8Array.of(0, 128, 255), shape: [3, 1, 1] };
    const bytes = await read(folder, { ...GOOD, X });
    deepStrictEqual(bytes.train.images, X.data);
    deepStrictEqual([bytes.height, bytes.width, bytes.channels], [1, 1, 1]);
    const whole = {
      data: BigInt64Array.of(-1n, 300n, 5n),
      shape: [3, 1, 1, 1],
    };
    const numbers = await read(folder, { ...GOOD, X: whole });
    deepStrictEqual(numbers.train.images, Float32Array.of(-1, 300, 5));
    deepStrictEqual(numbers.vectors, undefined);
  }));

Deno.test("test arrays are read in addition to the training arrays", () =>
  inFolder(async (folder) => {
    const { test, height, width, channels } = await read(folder, {
      ...{ X: floats([3, 4, 5, 2]), y: labels(1, 0, 1) },
      ...{ X_test: floats([2, 4, 5, 2]), y_test: labels(1, 1) },
    });
    deepStrictEqual([height, width, channels], [4, 5, 2]);
    deepStrictEqual(test?.labels, Int32Array.of(1, 1));
    deepStrictEqual(test?.images.length, 80);
  }));

Deno.test("training arrays may be called X_train and y_train", () =>
  inFolder(async (folder) => {
    const { train, test } = await read(folder, {
      ...{ X_train: floats([3, 2]), y_train: labels(1, 0, 1) },
      ...{ X_test: floats([1, 2]), y_test: labels(1) },
    });
    deepStrictEqual(train.labels, Int32Array.of(1, 0, 1));
    deepStrictEqual(test?.labels, Int32Array.of(1));
  }));

const WRONG: [string, Arrays, RegExp][] = [
  [
    "different numbers of rows and labels",
    { ...GOOD, y: labels(0, 1) },
    /^Cannot use .*X\.npy with .*y\.npy: there are 3 rows and 2 labels$/,
  ],
  [
    "a value that is not finite",
    { ...GOOD, X: floats([3, 2], (i) => i === 3 ? NaN : i) },
    /X\.npy: value 1 of row 1 \(from 0\) is NaN but must be finite in float32$/,
  ],
  [
    "a value outside the range of float32",
    {
      ...GOOD,
      X: { data: Float64Array.of(1, 1e300, 1, 1, 1, 1), shape: [3, 2] },
    },
    /value 1 of row 0 \(from 0\) is 1e\+300 but must be finite in float32$/,
  ],
  [
    "labels that are not integers",
    { ...GOOD, y: floats([3]) },
    /labels from .*y\.npy: row 1 \(from 0\) is 0\.125 but must be a whole number/,
  ],
  [
    "a label below 0",
    { ...GOOD, y: labels(0, -1, 1) },
    /y\.npy: row 1 \(from 0\) is -1 but must be in 0 to /,
  ],
  [
    "a class without rows",
    { ...GOOD, y: labels(0, 3, 1) },
    /y\.npy: its largest label is 3, but no label is 2; labels must be con/,
  ],
  ["one class", { ...GOOD, y: labels(0, 0, 0) }, /all its labels are 0$/],
  [
    "a test label that no training row has",
    { ...GOOD, X_test: floats([1, 2]), y_test: labels(2) },
    /y_test\.npy: row 0 \(from 0\) is 2 but must be in 0 to 1$/,
  ],
  [
    "test rows of another shape",
    { ...GOOD, X_test: floats([1, 3]), y_test: labels(0) },
    /X_test\.npy: its shape is \(1, 3\) but must fit \(3, 2\) of .*X\.npy$/,
  ],
  [
    "test rows of another type",
    {
      ...GOOD,
      X_test: { data: Uint8Array.of(1, 2), shape: [1, 2] },
      y_test: labels(0),
    },
    /X_test\.npy with .*X\.npy: one contains bytes \(uint8\), the other num/,
  ],
  [
    "channels before height and width",
    { X: floats([2, 3, 8, 8]), y: labels(0, 1) },
    /shape is \(2, 3, 8, 8\) but must be .* with 1 to 4 channels; of channels first, give X\.transpose\(0, 2, 3, 1\)$/,
  ],
  [
    "rows without features",
    { ...GOOD, X: floats([3]) },
    /shape is \(3,\) but/,
  ],
  [
    "two training parts",
    { ...GOOD, X_train: GOOD.X, y_train: GOOD.y },
    /: it contains both X\.npy or y\.npy and X_train\.npy or y_train\.npy$/,
  ],
  [
    "labels alone",
    { y: GOOD.y },
    /^Cannot use .* as a .*: it lacks X\.npy; its arrays must be X\.npy and y\.npy, or X_train\.npy/,
  ],
  [
    "test rows without labels",
    { ...GOOD, X_test: floats([1, 2]) },
    /: it lacks y_test\.npy; /,
  ],
];
for (const [what, arrays, message] of WRONG) {
  Deno.test(`arrays are refused for ${what}`, () =>
    inFolder(async (folder) => {
      await rejects(
        read(folder, arrays),
        (error) => error instanceof BadInput && message.test(error.message),
      );
    }));
}
