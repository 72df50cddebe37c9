import { createHash } from "node:crypto";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { BadInput } from "../bad_input.ts";
import { parseIdx } from "./idx.ts";
import type { ImageSet } from "./image_set.ts";

/** What is known beforehand of a data set in four IDX files. */
export interface IdxCollection {
  readonly height: number;
  readonly width: number;
  readonly classes: number;
  readonly train: IdxPair;
  readonly test: IdxPair;
}

/** Images and labels, file names without `.gz`. */
export interface IdxPair {
  readonly images: PinnedFile;
  readonly labels: PinnedFile;
}

/** A file by its name and by the SHA-256 of its decompressed content. */
export interface PinnedFile {
  readonly name: string;
  readonly sha256: string;
}

/** The four files of a collection. */
export function filesOf({ train, test }: IdxCollection): PinnedFile[] {
  return [train.images, train.labels, test.images, test.labels];
}

/** Where a file lies in a folder, compressed or not; undefined if nowhere. */
export async function findFile(
  folder: string,
  name: string,
): Promise<string | undefined> {
  for (const path of [join(folder, `${name}.gz`), join(folder, name)]) {
    const isFile = await Deno.stat(path).then(
      (info) => info.isFile,
      () => false,
    );
    if (isFile) return path;
  }
}

/**
 * Reads the four files of a data set and checks each against its SHA-256.
 *
 * @throws {BadInput} that names the file if one is missing, cut or damaged
 */
export async function readIdxFolder(
  folder: string,
  collection: IdxCollection,
): Promise<{ train: ImageSet; test: ImageSet }> {
  return {
    train: await readPair(folder, collection.train, collection),
    test: await readPair(folder, collection.test, collection),
  };
}

async function readPair(
  folder: string,
  pair: IdxPair,
  { height, width, classes }: IdxCollection,
): Promise<ImageSet> {
  const images = await readPinned(folder, pair.images);
  const labels = await readPinned(folder, pair.labels);
  const wanted = `[${labels.data.length}, ${height}, ${width}]`;
  if (`[${images.shape.join(", ")}]` !== wanted) {
    throw new BadInput(
      `Cannot use ${join(folder, pair.images.name)}: its shape must be ` +
        `${wanted}, but is [${images.shape.join(", ")}]`,
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

async function readPinned(folder: string, { name, sha256 }: PinnedFile) {
  const path = await findFile(folder, name);
  if (path === undefined) {
    throw new BadInput(`Cannot find ${name} or ${name}.gz in ${folder}`);
  }
  const content = await readDecompressed(path);
  const found = createHash("sha256").update(content).digest("hex");
  if (found !== sha256) {
    throw new BadInput(
      `Cannot use ${path} as it is damaged: the SHA-256 of its content is ` +
        `${found}, but must be ${sha256}`,
    );
  }
  return parseIdx(content, path);
}

async function readDecompressed(path: string): Promise<Uint8Array> {
  const bytes = await Deno.readFile(path);
  if (!path.endsWith(".gz")) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadInput(`Cannot use ${path} as it is damaged: ${reason}`);
  }
}
