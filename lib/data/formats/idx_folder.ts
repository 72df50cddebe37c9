import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import type { Collection, Contents, PinnedFile } from "../collection.ts";
import { parseIdx } from "./idx.ts";
import type { ImageSet } from "../image_set.ts";
import { isFile } from "../../files/folders.ts";
import { checkPinned } from "../fetch/pinned_file.ts";
import { readGzipped } from "./read_gzipped.ts";

/**
 * A data set in four IDX files. Each SHA-256 is that of the decompressed file.
 */
export interface IdxCollection {
  readonly height: number;
  readonly width: number;
  readonly classes: number;
  readonly train: IdxPair;
  readonly test: IdxPair;
}

/** Files of images and labels, with names without `.gz`. */
export interface IdxPair {
  readonly images: PinnedFile;
  readonly labels: PinnedFile;
}

/** The four files of a collection. */
export function filesOf({ train, test }: IdxCollection): PinnedFile[] {
  return [train.images, train.labels, test.images, test.labels];
}

/** The path of a file in a folder, compressed or not; undefined if it is missing. */
export function findFile(folder: string, name: string): string | undefined {
  return [join(folder, `${name}.gz`), join(folder, name)].find(isFile);
}

/** The four files of an IDX data set, each compressed or not. */
export function idxFiles(collection: IdxCollection): Collection {
  const files = filesOf(collection);
  const names = files.map(({ name }) => name);
  return {
    fileNames: `${names.join(", ")} (each with or without .gz)`,
    isIn: (folder) =>
      names.some((name) => findFile(folder, name) !== undefined),
    async read(folder): Promise<Contents> {
      return {
        train: await readPair(folder, collection.train, collection),
        test: await readPair(folder, collection.test, collection),
        files,
      };
    },
  };
}

async function readPair(
  folder: string,
  pair: IdxPair,
  { height, width, classes }: IdxCollection,
): Promise<ImageSet> {
  const images = await readPinned(folder, pair.images);
  const labels = await readPinned(folder, pair.labels);
  const expected = `[${labels.data.length}, ${height}, ${width}]`;
  if (`[${images.shape.join(", ")}]` !== expected) {
    throw new BadInput(
      `Cannot use ${join(folder, pair.images.name)}: its shape must be ` +
        `${expected} but is [${images.shape.join(", ")}]`,
    );
  }
  const wrong = labels.data.find((label) => label >= classes);
  if (wrong !== undefined) {
    throw new BadInput(
      `Cannot use ${join(folder, pair.labels.name)}: labels must be ` +
        `0 to ${classes - 1}, but one is ${wrong}`,
    );
  }
  return { images: images.data, labels: Int32Array.from(labels.data) };
}

async function readPinned(folder: string, file: PinnedFile) {
  const { name } = file;
  const path = findFile(folder, name);
  if (path === undefined) {
    throw new BadInput(`Cannot find ${name} or ${name}.gz in ${folder}`);
  }
  const content = await readGzipped(path);
  checkPinned(content, file, { path, what: "its content" });
  return parseIdx(content, path);
}
