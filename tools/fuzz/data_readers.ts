import { gzipSync } from "node:zlib";
import { packTar } from "modern-tar";
import { cifarFiles } from "../../lib/data/formats/cifar.ts";
import { encodeIdx, parseIdx } from "../../lib/data/formats/idx.ts";
import { readGzipped } from "../../lib/data/formats/read_gzipped.ts";
import { svhnFiles } from "../../lib/data/formats/svhn.ts";
import { readTar } from "../../lib/data/formats/tar.ts";
import { readBytes } from "../../lib/files/read_bytes.ts";
import { sha256 } from "../../lib/files/sha256.ts";
import { IMAGE_READERS } from "./image_readers.ts";
import type { Bytes, Reader } from "./reader.ts";
import { sampleFiles, textFile } from "./sample_files.ts";

const IDX: readonly Bytes[] = [
  encodeIdx({ shape: [3, 4, 5], data: new Uint8Array(60).map((_, i) => i) }),
  encodeIdx({ shape: [40], data: new Uint8Array(40).map((_, i) => i % 10) }),
];

/** A tar archive of CIFAR's files, with two records of 2 x 2 pixels. */
async function cifarTar(): Promise<Bytes> {
  const files = {
    "names.txt": textFile("cat\ndog\n"),
    "train.bin": new Uint8Array(26).map((_, i) => i % 13 === 0 ? 1 : i),
    "test.bin": new Uint8Array(13),
  };
  const entries = Object.entries(files).map(([name, body]) => ({
    header: { name: `bin/${name}`, size: body.length },
    body,
  }));
  return new Uint8Array(await packTar(entries));
}

/** The checksum of a file; that of another one if it cannot be read. */
async function hashOf(path: string): Promise<string> {
  return sha256(await readBytes(path).catch(() => ""));
}

/** Reads an archive as if its checksum were the published one. */
async function readCifar(folder: string, path: string) {
  const archive = {
    name: "a.tar.gz",
    sha256: await hashOf(path),
  };
  const none = "0".repeat(64);
  const collection = cifarFiles({
    height: 2,
    width: 2,
    labelBytes: 1,
    archive,
    inside: "bin",
    train: [{ name: "train.bin", sha256: none, records: 2 }],
    test: [{ name: "test.bin", sha256: none, records: 1 }],
    namesFile: "names.txt",
    classNames: ["cat", "dog"],
  });
  return await collection.read(folder);
}

async function readSvhn(folder: string, path: string) {
  const pinned = {
    name: "a.mat",
    images: 2,
    sha256: await hashOf(path),
  };
  const files = { height: 2, width: 3, train: [pinned], test: [pinned] };
  return await svhnFiles(files).read(folder);
}

/** Files of data sets. */
export const DATA_READERS: readonly Reader[] = [
  {
    name: "idx",
    file: "a-ubyte",
    samples: () => Promise.resolve([...IDX]),
    read: async (_, path) => parseIdx(await readGzipped(path), path),
  },
  {
    name: "idx.gz",
    file: "a-ubyte.gz",
    samples: () =>
      Promise.resolve(IDX.map((bytes) => new Uint8Array(gzipSync(bytes)))),
    read: async (_, path) => parseIdx(await readGzipped(path), path),
  },
  {
    name: "tar",
    file: "a.tar",
    samples: async () => [await cifarTar()],
    read: async (_, path) => await readTar(await readBytes(path), path),
  },
  {
    name: "cifar.tar.gz",
    file: "a.tar.gz",
    samples: async () => [new Uint8Array(gzipSync(await cifarTar()))],
    read: readCifar,
  },
  {
    name: "svhn.mat",
    file: "a.mat",
    samples: () => sampleFiles("tests/fixtures/svhn", /^(train|numbers)\.mat$/),
    read: readSvhn,
  },
  ...IMAGE_READERS,
];
