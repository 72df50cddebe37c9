import { basename, join, relative } from "node:path";
import { BadInput } from "../../bad_input.ts";

/** An image, and the index of the class whose folder it is in. */
export interface LabelledFile {
  readonly path: string;
  readonly label: number;
}

/** A folder of class folders with images; without a test part, in one. */
export interface ImageLayout {
  readonly kind: "images";
  readonly classNames: readonly string[];
  readonly train: readonly LabelledFile[];
  readonly test: readonly LabelledFile[] | undefined;
}

/** Paths of the rows and of their labels. */
export interface ArrayPair {
  readonly x: string;
  readonly y: string;
}

/** Arrays as numpy saves them, each in a file of its own. */
export interface ArrayLayout {
  readonly kind: "arrays";
  readonly train: ArrayPair;
  readonly test: ArrayPair | undefined;
}

/** What a folder with a person's own data holds. */
export type OwnLayout = ImageLayout | ArrayLayout;

const IMAGE = /\.(png|jpe?g)$/i;

const ARRAY = /\.np[yz]$/;

/** Left by file managers everywhere, and no data. */
const IGNORED = /^(\.|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Finds the files of a person's own data: `X.npy` and `y.npy`, with
 * `X_test.npy` and `y_test.npy` beside them or not, each of them as well a
 * `.npz` archive with one array that fits; or a folder of images a
 * class, in `train` and, or not, in `test`, or else in the folder itself.
 * Classes are in the order of their names, images in that of theirs.
 *
 * @throws {BadInput} that names the folder or file that does not fit
 */
export function findOwnLayout(folder: string): OwnLayout {
  const { files, folders } = entriesOf(folder);
  const arrays = files.filter((name) => ARRAY.test(name));
  if (arrays.length === 0) return imageLayout(folder, files, folders);
  if (folders.length > 0) {
    throw new BadInput(
      `Cannot use ${folder} as a data set: it holds both arrays ` +
        `(${arrays[0]}) and folders (${folders[0]}), and must hold one kind`,
    );
  }
  return arrayLayout(folder, files);
}

/** Every file of a layout, in the order in which it is read. */
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
          : `holds both ${file} and ${other}`),
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
      `Cannot use ${folder} as a data set: it must hold X.npy and y.npy, or ` +
        `a folder of images for each class, itself or in its folder train`,
    );
  }
  const parted = folders.includes("train");
  const stray = parted
    ? folders.find((name) => name !== "train" && name !== "test")
    : files.find((name) => IMAGE.test(name));
  if (stray !== undefined) {
    throw new BadInput(
      parted
        ? `Cannot use ${folder} as a data set: beside train there may be test ` +
          `alone, but there is ${stray}`
        : `Cannot use ${join(folder, stray)}: an image must be in the folder ` +
          `of its class`,
    );
  }
  const trainFolder = parted ? join(folder, "train") : folder;
  const classNames = entriesOf(trainFolder).folders;
  if (classNames.length < 2) {
    throw new BadInput(
      `Cannot use ${trainFolder} as a data set: there must be 2 classes or ` +
        `more, but its folders are ${classNames.join(", ") || "none"}`,
    );
  }
  const tested = parted && folders.includes("test");
  return {
    kind: "images",
    classNames,
    train: imagesOf(trainFolder, classNames),
    test: tested ? imagesOf(join(folder, "test"), classNames) : undefined,
  };
}

function imagesOf(
  folder: string,
  classNames: readonly string[],
): LabelledFile[] {
  const found = entriesOf(folder).folders;
  const strange = found.find((name) => !classNames.includes(name)) ??
    classNames.find((name) => !found.includes(name));
  if (strange !== undefined) {
    throw new BadInput(
      `Cannot use ${folder}: its classes must be those of train, but ` +
        `${strange} is in one of them alone`,
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
      `Cannot use ${join(folder, wrong)}: a class's folder must hold .png, ` +
        `.jpg and .jpeg files alone`,
    );
  }
  if (files.length === 0) {
    throw new BadInput(
      `Cannot use class ${basename(folder)}: ${folder} is empty`,
    );
  }
  return files.map((name) => join(folder, name));
}

/** Sorted names of what a folder holds; links stand for their targets. */
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

/** The path of a file as it is told and hashed: from the folder, by slashes. */
export function nameWithin(folder: string, path: string): string {
  return relative(folder, path).replaceAll("\\", "/");
}
