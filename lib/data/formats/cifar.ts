import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { BadInput } from "../../bad_input.ts";
import type { Collection, Contents, PinnedFile } from "../collection.ts";
import type { ImageSet } from "../image_set.ts";
import { isFile } from "../../files/folders.ts";
import { readBytes } from "../../files/read_bytes.ts";
import { isTooLarge } from "../../files/unpack_limit.ts";
import { checkPinned } from "../fetch/pinned_file.ts";
import { shown } from "../../files/quoted.ts";
import { reasonOf } from "../report.ts";
import { readTar } from "./tar.ts";

/** A file and its number of image records. */
export interface CifarFile extends PinnedFile {
  readonly records: number;
}

/** A data set in CIFAR's binary format. */
export interface CifarCollection {
  readonly height: number;
  readonly width: number;
  /** Number of bytes before each image; the last of them is the label. */
  readonly labelBytes: number;
  /** The gzipped tar archive. */
  readonly archive: PinnedFile;
  /** Folder of the files in the archive. */
  readonly inside: string;
  readonly train: readonly CifarFile[];
  readonly test: readonly CifarFile[];
  /** File with the class names, one per line, in the order of labels. */
  readonly namesFile: string;
  readonly classNames: readonly string[];
}

const CHANNELS = 3;

/** Allowed size of everything in an archive other than images. */
const SLACK_BYTES = 1 << 20;

/** Returns the bytes of a file and its name in messages. */
type Open = (name: string) => Promise<{ bytes: Uint8Array; path: string }>;

/**
 * The files of a CIFAR data set: the published archive, which is read without
 * unpacking it, or its files, unpacked into the folder or its subfolder.
 */
export function cifarFiles(collection: CifarCollection): Collection {
  const { archive, inside } = collection;
  const hasFiles = (folder: string) =>
    isFile(join(folder, collection.train[0].name));
  const hasArchive = (folder: string) => isFile(join(folder, archive.name));
  return {
    fileNames: `${archive.name} (or the files in it)`,
    isIn: (folder) =>
      hasArchive(folder) || hasFiles(join(folder, inside)) || hasFiles(folder),
    async read(folder): Promise<Contents> {
      if (hasArchive(folder)) {
        const open = await openArchive(join(folder, archive.name), collection);
        return { ...await readAll(collection, open), files: [archive] };
      }
      const subfolder = join(folder, inside);
      const open = openFolder(
        hasFiles(subfolder) ? subfolder : folder,
        collection,
      );
      const files = [...collection.train, ...collection.test];
      return { ...await readAll(collection, open), files };
    },
  };
}

async function openArchive(
  path: string,
  collection: CifarCollection,
): Promise<Open> {
  const { archive, inside, train, test } = collection;
  const compressed = await readBytes(path);
  checkPinned(compressed, archive, { path });
  const expected = [...train, ...test]
    .reduce((sum, file) => sum + sizeOf(file, collection), 0);
  const files = await readTar(
    decompress(compressed, path, expected + SLACK_BYTES),
    path,
  );
  return (name) => {
    const bytes = files.get(`${inside}/${name}`);
    if (bytes === undefined) {
      throw new BadInput(`Cannot use ${path}: ${inside}/${name} is not in it`);
    }
    return Promise.resolve({ bytes, path: `${name} in ${path}` });
  };
}

function decompress(bytes: Uint8Array, path: string, most: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    const reason = isTooLarge(error)
      ? `unpacked it has more than ${most} bytes`
      : reasonOf(error);
    throw new BadInput(`Cannot use ${path} as it is damaged: ${reason}`);
  }
}

function openFolder(folder: string, { train, test }: CifarCollection): Open {
  return async (name) => {
    const path = join(folder, name);
    if (!isFile(path)) {
      throw new BadInput(`Cannot find ${name} in ${folder}`);
    }
    const bytes = await readBytes(path);
    const pinned = [...train, ...test].find((file) => file.name === name);
    if (pinned !== undefined) checkPinned(bytes, pinned, { path });
    return { bytes, path };
  };
}

async function readAll(collection: CifarCollection, open: Open) {
  await checkNames(collection, open);
  return {
    train: await readSet(collection, collection.train, open),
    test: await readSet(collection, collection.test, open),
  };
}

async function checkNames(
  { namesFile, classNames }: CifarCollection,
  open: Open,
): Promise<void> {
  const { bytes, path } = await open(namesFile);
  const names = new TextDecoder().decode(bytes).split("\n")
    .map((line) => line.trim()).filter((line) => line !== "");
  const wrong = Array.from(
    { length: Math.max(names.length, classNames.length) },
    (_, i) => i,
  ).find((i) => names[i] !== classNames[i]);
  if (wrong === undefined) return;
  throw new BadInput(
    `Cannot use ${path}: class ${wrong} must be ` +
      `${classNames[wrong] ?? "absent"} but is ${
        names[wrong] === undefined ? "absent" : shown(names[wrong])
      }`,
  );
}

async function readSet(
  collection: CifarCollection,
  files: readonly CifarFile[],
  open: Open,
): Promise<ImageSet> {
  const size = collection.height * collection.width * CHANNELS;
  const records = files.reduce((sum, file) => sum + file.records, 0);
  const images = new Uint8Array(records * size);
  const labels = new Int32Array(records);
  let first = 0;
  for (const file of files) {
    const { bytes, path } = await open(file.name);
    const expected = sizeOf(file, collection);
    if (bytes.length !== expected) {
      throw new BadInput(
        `Cannot use ${path}: ${file.records} records take ${expected} bytes, ` +
          `but it has ${bytes.length}`,
      );
    }
    const part = {
      images: images.subarray(first * size),
      labels: labels.subarray(first, first + file.records),
    };
    readRecords(bytes, part, { collection, path });
    first += file.records;
  }
  return { images, labels };
}

/** Converts records of a label and red, green and blue planes to NHWC. */
function readRecords(
  bytes: Uint8Array,
  { images, labels }: { images: Uint8Array; labels: Int32Array },
  { collection, path }: { collection: CifarCollection; path: string },
): void {
  const { height, width, labelBytes, classNames } = collection;
  const plane = height * width;
  const record = labelBytes + CHANNELS * plane;
  for (let i = 0; i < labels.length; i++) {
    const start = i * record + labelBytes;
    labels[i] = bytes[start - 1];
    if (labels[i] >= classNames.length) {
      throw new BadInput(
        `Cannot use ${path}: labels must be 0 to ${classNames.length - 1}, ` +
          `but that of record ${i} (from 0) is ${labels[i]}`,
      );
    }
    for (let c = 0; c < CHANNELS; c++) {
      for (let p = 0; p < plane; p++) {
        images[(i * plane + p) * CHANNELS + c] = bytes[start + c * plane + p];
      }
    }
  }
}

function sizeOf(
  { records }: CifarFile,
  { height, width, labelBytes }: CifarCollection,
): number {
  return records * (labelBytes + CHANNELS * height * width);
}
