import { deepStrictEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { BadInput } from "../../../lib/bad_input.ts";
import { CIFAR10, CIFAR100 } from "../../../lib/data/named/cifar.ts";
import {
  type CifarCollection,
  cifarFiles,
} from "../../../lib/data/formats/cifar.ts";
import { sha256 } from "../../../lib/files/sha256.ts";
import { addressSource, findData } from "../../../lib/data/fetch/sources.ts";
import { type Entry, tarOf } from "../tar_archive.ts";
import { inFolder } from "../../cli/program.ts";

/** Two records of 2 x 2 pixels: a label, then planes of red, green and blue. */
const TRAIN = Uint8Array.of(
  ...[1, 11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34],
  ...[0, 41, 42, 43, 44, 51, 52, 53, 54, 61, 62, 63, 64],
);
const TEST = Uint8Array.of(1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
const NAMES = new TextEncoder().encode("cat\ndog\n\n");

const FILES: Readonly<Record<string, Uint8Array>> = {
  "batches.meta.txt": NAMES,
  "train_1.bin": TRAIN,
  "test.bin": TEST,
};

const entriesOf = (files: Readonly<Record<string, Uint8Array>>): Entry[] => [
  { path: "bin/", type: "5" },
  ...Object.entries(files).map(([name, content]) => ({
    path: `bin/${name}`,
    content,
  })),
];

const archiveOf = (entries: readonly Entry[]) => gzipSync(tarOf(entries));

/** A collection with the checksum of this archive. */
const collectionOf = (archive: Uint8Array): CifarCollection => ({
  height: 2,
  width: 2,
  labelBytes: 1,
  archive: { name: "tiny.tar.gz", sha256: sha256(archive) },
  inside: "bin",
  train: [{ name: "train_1.bin", sha256: sha256(TRAIN), records: 2 }],
  test: [{ name: "test.bin", sha256: sha256(TEST), records: 1 }],
  namesFile: "batches.meta.txt",
  classNames: ["cat", "dog"],
});

const ARCHIVE = archiveOf(entriesOf(FILES));
const COLLECTION = collectionOf(ARCHIVE);

async function refuses(
  folder: string,
  collection: CifarCollection,
  message: RegExp,
) {
  await rejects(
    cifarFiles(collection).read(folder),
    (error) => error instanceof BadInput && message.test(error.message),
  );
}

const RED_GREEN_BLUE = [
  ...[11, 21, 31, 12, 22, 32, 13, 23, 33, 14, 24, 34],
  ...[41, 51, 61, 42, 52, 62, 43, 53, 63, 44, 54, 64],
];

Deno.test("cifarFiles() reads the archive and turns planes into pixels", () =>
  inFolder(async (folder) => {
    await Deno.writeFile(join(folder, "tiny.tar.gz"), ARCHIVE);
    const { train, test, files } = await cifarFiles(COLLECTION).read(folder);
    deepStrictEqual([...train.images], RED_GREEN_BLUE);
    deepStrictEqual(train.labels, Int32Array.of(1, 0));
    deepStrictEqual([...test.images], [1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12]);
    deepStrictEqual(files, [COLLECTION.archive]);
    // Nothing is unpacked.
    deepStrictEqual([...Deno.readDirSync(folder)].length, 1);
  }));

for (const inside of ["", "bin"]) {
  const where = inside === "" ? "the folder" : "its subfolder";
  Deno.test(`cifarFiles() reads the files unpacked into ${where}`, () =>
    inFolder(async (folder) => {
      await Deno.mkdir(join(folder, inside), { recursive: true });
      for (const [name, bytes] of Object.entries(FILES)) {
        await Deno.writeFile(join(folder, inside, name), bytes);
      }
      deepStrictEqual(cifarFiles(COLLECTION).isIn(folder), true);
      const { train } = await cifarFiles(COLLECTION).read(folder);
      deepStrictEqual([...train.images], RED_GREEN_BLUE);
      await Deno.writeFile(join(folder, inside, "test.bin"), TEST.slice(1));
      await refuses(
        folder,
        COLLECTION,
        /test\.bin as it is damaged: the SHA-256 of it is [0-9a-f]{64} but/,
      );
    }));
}

Deno.test("cifarFiles() uses the second of two label bytes", () =>
  inFolder(async (folder) => {
    const coarse = (record: Uint8Array) => Uint8Array.of(19, ...record);
    const train = Uint8Array.of(
      ...coarse(TRAIN.subarray(0, 13)),
      ...coarse(TRAIN.subarray(13)),
    );
    const files = { ...FILES, "train_1.bin": train, "test.bin": coarse(TEST) };
    const archive = archiveOf(entriesOf(files));
    await Deno.writeFile(join(folder, "tiny.tar.gz"), archive);
    const collection = { ...collectionOf(archive), labelBytes: 2 };
    const read = await cifarFiles(collection).read(folder);
    deepStrictEqual(read.train.labels, Int32Array.of(1, 0));
    deepStrictEqual([...read.train.images], RED_GREEN_BLUE);
  }));

const wrongs: [string, readonly Entry[], RegExp][] = [
  [
    "with a missing record",
    entriesOf({ ...FILES, "train_1.bin": TRAIN.subarray(13) }),
    /train_1\.bin in .*tiny\.tar\.gz: 2 records take 26 bytes, but it has 13$/,
  ],
  [
    "with a label that is not a class",
    entriesOf({ ...FILES, "test.bin": TEST.with(0, 2) }),
    /labels must be 0 to 1, but that of record 0 \(from 0\) is 2$/,
  ],
  [
    "with other classes",
    entriesOf({
      ...FILES,
      "batches.meta.txt": new TextEncoder().encode("cat\ncow\n"),
    }),
    /batches\.meta\.txt in .*: class 1 must be dog but is cow$/,
  ],
  [
    "without a file",
    entriesOf({ "batches.meta.txt": NAMES, "train_1.bin": TRAIN }),
    /tiny\.tar\.gz: bin\/test\.bin is not in it$/,
  ],
  [
    "with a path that leads outside",
    [...entriesOf(FILES), { path: "../x", content: NAMES }],
    /the path "\.\.\/x" leads outside$/,
  ],
  [
    "much larger than its images",
    entriesOf({ ...FILES, "bomb": new Uint8Array(2 << 20) }),
    /as it is damaged: /,
  ],
];
for (const [what, entries, message] of wrongs) {
  Deno.test(`cifarFiles() refuses an archive ${what}`, () =>
    inFolder(async (folder) => {
      const archive = archiveOf(entries);
      await Deno.writeFile(join(folder, "tiny.tar.gz"), archive);
      await refuses(folder, collectionOf(archive), message);
    }));
}

Deno.test("cifarFiles() reads nothing from an archive with another checksum", () =>
  inFolder(async (folder) => {
    const archive = archiveOf([...entriesOf(FILES), { path: "/x", type: "2" }]);
    await Deno.writeFile(join(folder, "tiny.tar.gz"), archive);
    await refuses(
      folder,
      COLLECTION,
      /tiny\.tar\.gz as it is damaged: the SHA/,
    );
  }));

Deno.test("a correct archive is downloaded and kept, a wrong one is not", () =>
  inFolder(async (root) => {
    let served: Uint8Array<ArrayBuffer> = new Uint8Array(ARCHIVE);
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => new Response(served),
    );
    try {
      const own = join(root, "data", "tiny");
      const address = `http://127.0.0.1:${server.addr.port}/`;
      const from = addressSource(address, own, ["tiny.tar.gz"]);
      served = served.slice(0, -1);
      await rejects(
        findData([from], cifarFiles(COLLECTION)),
        /as it is damaged/,
      );
      deepStrictEqual([...Deno.readDirSync(join(root, "data"))], []);
      served = new Uint8Array(ARCHIVE);
      const { folder, train } = await findData([from], cifarFiles(COLLECTION));
      deepStrictEqual(folder, own);
      deepStrictEqual(train.labels.length, 2);
      const kept = Array.from(Deno.readDirSync(own), ({ name }) => name);
      deepStrictEqual(kept, ["tiny.tar.gz"]);
    } finally {
      await server.shutdown();
    }
  }));

Deno.test("the collections have their published sizes", () => {
  for (const { train, test, classNames } of [CIFAR10, CIFAR100]) {
    const count = (files: readonly { records: number }[]) =>
      files.reduce((sum, { records }) => sum + records, 0);
    deepStrictEqual([count(train), count(test)], [50_000, 10_000]);
    deepStrictEqual(new Set(classNames).size, classNames.length);
    deepStrictEqual([...classNames].sort(), classNames);
  }
  deepStrictEqual(CIFAR10.classNames.length, 10);
  deepStrictEqual(CIFAR100.classNames.length, 100);
});
