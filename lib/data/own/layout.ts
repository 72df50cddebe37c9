import { basename, join, relative } from "node:path";
import { BadInput } from "../../bad_input.ts";

/** An image file and the index of its class. */
export interface LabelledFile {
  readonly path: string;
  readonly label: number;
}

/** Images in class folders, with or without test images. */
export interface ImageLayout {
  readonly kind: "images";
  readonly classNames: readonly string[];
  readonly train: readonly LabelledFile[];
  readonly test: readonly LabelledFile[] | undefined;
}

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

const IMAGE = /\.(png|jpe?g)$/i;

const ARRAY = /\.np[yz]$/;

/** Files that file managers leave behind. */
const IGNORED = /^(\.|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Finds the files of your own data. They are either `X.npy`, `y.npy` and optionally
 * `X_test.npy` and `y_test.npy`, each possibly a `.npz` archive with one suitable
 * array; or one folder of images per class, in `train` and optionally `test`, or in
 * the folder itself. Classes and images are sorted by name.
 *
 * @throws {BadInput} naming the folder or file that does not fit
 */
export function findOwnLayout(folder: string): OwnLayout {
  const { files, folders } = entriesOf(folder);
  const arrays = files.filter((name) => ARRAY.test(name));
  if (arrays.length === 0) return imageLayout(folder, files, folders);
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
          ? `lacks ${name}.npy`
          : `contains both ${file} and ${other}`),
    );
  };
  const pair = (suffix: string): ArrayPair => ({
    x: pathOf(`X${suffix}`),
    y: pathOf(`y${suffix}`),
  });
  const test = found("X_test").length > 0 || found("y_test").length > 0;
  return {
    kind: "arrays",
    train: pair(""),
    test: test ? pair("_test") : undefined,
  };
}

function imageLayout(
  folder: string,
  files: readonly string[],
  folders: readonly string[],
): ImageLayout {
  if (folders.length === 0) {
    throw new BadInput(
      `Cannot use ${folder} as a data set: it must contain X.npy and y.npy, ` +
        `or a folder of images for each class, itself or in its folder train`,
    );
  }
  const hasParts = folders.includes("train");
  const stray = hasParts
    ? folders.find((name) => name !== "train" && name !== "test")
    : files.find((name) => IMAGE.test(name));
  if (stray !== undefined) {
    throw new BadInput(
      hasParts
        ? `Cannot use ${folder} as a data set: next to train only test is ` +
          `allowed, but there is ${stray}`
        : `Cannot use ${join(folder, stray)}: an image must be in the folder ` +
          `of its class`,
    );
  }
  const trainFolder = hasParts ? join(folder, "train") : folder;
  const classNames = entriesOf(trainFolder).folders;
  if (classNames.length < 2) {
    throw new BadInput(
      `Cannot use ${trainFolder} as a data set: there must be 2 or more ` +
        `classes, but its folders are ${classNames.join(", ") || "none"}`,
    );
  }
  const hasTest = hasParts && folders.includes("test");
  return {
    kind: "images",
    classNames,
    train: imagesOf(trainFolder, classNames),
    test: hasTest ? imagesOf(join(folder, "test"), classNames) : undefined,
  };
}

function imagesOf(
  folder: string,
  classNames: readonly string[],
): LabelledFile[] {
  const found = entriesOf(folder).folders;
  const unmatched = found.find((name) => !classNames.includes(name)) ??
    classNames.find((name) => !found.includes(name));
  if (unmatched !== undefined) {
    throw new BadInput(
      `Cannot use ${folder}: its classes must be those of train, but ` +
        `${unmatched} is in only one of them`,
    );
  }
  return classNames.flatMap((name, label) => {
    const paths = imagesIn(join(folder, name));
    return paths.map((path) => ({ path, label }));
  });
}

function imagesIn(folder: string): string[] {
  const { files, folders } = entriesOf(folder);
  const wrong = folders[0] ?? files.find((name) => !IMAGE.test(name));
  if (wrong !== undefined) {
    throw new BadInput(
      `Cannot use ${join(folder, wrong)}: the folder of a class must contain ` +
        `only .png, .jpg and .jpeg files`,
    );
  }
  if (files.length === 0) {
    throw new BadInput(
      `Cannot use class ${basename(folder)}: ${folder} is empty`,
    );
  }
  return files.map((name) => join(folder, name));
}

/** Sorted names of the files and folders in a folder; links are followed. */
function entriesOf(folder: string): { files: string[]; folders: string[] } {
  const files: string[] = [];
  const folders: string[] = [];
  let path = folder;
  try {
    for (const { name } of Deno.readDirSync(folder)) {
      if (IGNORED.test(name)) continue;
      path = join(folder, name);
      const { isDirectory } = Deno.statSync(path);
      (isDirectory ? folders : files).push(name);
    }
  } catch (error) {
    const reason = (error as Error).message.split(":")[0];
    throw new BadInput(`Cannot read ${path}: ${reason}`);
  }
  return { files: files.sort(), folders: folders.sort() };
}

/** The path of a file relative to the folder, with slashes, for hashes and messages. */
export function nameWithin(folder: string, path: string): string {
  return relative(folder, path).replaceAll("\\", "/");
}
