import { join, relative } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { entriesWithin } from "./entries.ts";
import { findImages, type ImageLayout } from "./image_layout.ts";

/** Paths of rows and their labels. */
export interface ArrayPair {
  readonly x: string;
  readonly y: string;
}

/** NumPy arrays, each in its own file. */
export interface ArrayLayout {
  readonly kind: "arrays";
  readonly train: ArrayPair;
  readonly test: ArrayPair | undefined;
}

/** The files in a folder of your own data. */
export type OwnLayout = ImageLayout | ArrayLayout;

const ARRAY = /\.np[yz]$/;

/**
 * Finds the files of your own data. They are either `X.npy` and `y.npy` (or
 * `X_train.npy` and `y_train.npy`) and optionally `X_test.npy` and `y_test.npy`, each
 * possibly a `.npz` archive with one suitable array; or one folder of images per class,
 * in `train` and optionally `val` and `test`, or in the folder itself. Classes and
 * images are sorted by name.
 *
 * @throws {BadInput} naming the folder or file that does not fit
 */
export function findOwnLayout(folder: string): OwnLayout {
  const entriesOf = entriesWithin(Deno.realPathSync(folder));
  const { files, folders } = entriesOf(folder);
  const arrays = files.filter((name) => ARRAY.test(name));
  if (arrays.length === 0) return findImages(folder, entriesOf);
  if (folders.length > 0) {
    throw new BadInput(
      `Cannot use ${folder} as a data set: it contains both arrays ` +
        `(${arrays[0]}) and folders (${folders[0]}) but must contain one kind`,
    );
  }
  return arrayLayout(folder, files);
}

/** All files of a layout in the order of reading. */
export function filesOfLayout({ kind, ...layout }: OwnLayout): string[] {
  if (kind === "arrays") {
    const { train, test } = layout as ArrayLayout;
    return [train, test].flatMap((pair) => pair ? [pair.x, pair.y] : []);
  }
  const { train, test = [] } = layout as ImageLayout;
  return [...train, ...test].map(({ path }) => path);
}

function arrayLayout(folder: string, files: readonly string[]): ArrayLayout {
  const found = (name: string) =>
    [`${name}.npy`, `${name}.npz`].filter((file) => files.includes(file));
  const pathOf = (name: string) => {
    const [file, other] = found(name);
    if (file !== undefined && other === undefined) return join(folder, file);
    throw new BadInput(
      `Cannot use ${folder} as a data set: it ` +
        (file === undefined
          ? `lacks ${name}.npy; its arrays must be X.npy and y.npy, or ` +
            "X_train.npy and y_train.npy, with X_test.npy and y_test.npy for a " +
            "test part"
          : `contains both ${file} and ${other}`),
    );
  };
  const pair = (suffix: string): ArrayPair => ({
    x: pathOf(`X${suffix}`),
    y: pathOf(`y${suffix}`),
  });
  const has = (suffix: string) =>
    found(`X${suffix}`).length > 0 || found(`y${suffix}`).length > 0;
  if (has("") && has("_train")) {
    throw new BadInput(
      `Cannot use ${folder} as a data set: it contains both X.npy or y.npy and ` +
        "X_train.npy or y_train.npy",
    );
  }
  return {
    kind: "arrays",
    train: pair(has("_train") ? "_train" : ""),
    test: has("_test") ? pair("_test") : undefined,
  };
}

/** The path of a file relative to the folder, with slashes, for hashes and messages. */
export function nameWithin(folder: string, path: string): string {
  return relative(folder, path).replaceAll("\\", "/");
}
