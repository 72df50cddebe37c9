import { deepStrictEqual, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BadInput } from "../../../lib/bad_input.ts";
import { readMatFile } from "../../../lib/files/mat.ts";
import { sha256 } from "../../../lib/files/sha256.ts";
import {
  type SvhnCollection,
  svhnFiles,
} from "../../../lib/data/formats/svhn.ts";

const FOLDER = fileURLToPath(new URL("../../fixtures/svhn", import.meta.url));

const bytesOf = (name: string) => Deno.readFileSync(join(FOLDER, name));

const pinned = (name: string, images: number) => ({
  name,
  images,
  sha256: sha256(bytesOf(name)),
});

const COLLECTION: SvhnCollection = {
  height: 2,
  width: 3,
  train: [pinned("train.mat", 2)],
  test: [pinned("test.mat", 1)],
};

/** Pixels as in the script of the fixture: 10 per pixel, 1 per channel, from `start`. */
const image = (start: number) =>
  [0, 10, 20, 30, 40, 50].flatMap((p) => [0, 1, 2].map((c) => start + p + c));

Deno.test("svhnFiles() turns MATLAB's order into pixels and label 10 into 0", async () => {
  const { train, test, files } = await svhnFiles(COLLECTION).read(FOLDER);
  deepStrictEqual([...train.images], [...image(0), ...image(100)]);
  deepStrictEqual(train.labels, Int32Array.of(0, 3));
  deepStrictEqual([...test.images], image(50));
  deepStrictEqual(test.labels, Int32Array.of(9));
  deepStrictEqual(files.map(({ name }) => name), ["train.mat", "test.mat"]);
});

Deno.test("svhnFiles() concatenates the training files in their order", async () => {
  const { train } = await svhnFiles({
    ...COLLECTION,
    train: [...COLLECTION.test, ...COLLECTION.train],
  }).read(FOLDER);
  deepStrictEqual([...train.images], [image(50), image(0), image(100)].flat());
  deepStrictEqual(train.labels, Int32Array.of(9, 0, 3));
});

const wrongs: [string, Partial<SvhnCollection>, RegExp][] = [
  [
    "of another size",
    { height: 3 },
    /train\.mat: X must be \[3, 3, 3, 2\] but is \[2, 3, 3, 2\]$/,
  ],
  [
    "of another count",
    { test: [pinned("test.mat", 5)] },
    /test\.mat: X must be \[2, 3, 3, 5\] but is \[2, 3, 3, 1\]$/,
  ],
  [
    "without images",
    { test: [pinned("numbers.mat", 1)] },
    /numbers\.mat: X must be \[2, 3, 3, 1\] but is absent$/,
  ],
  [
    "of another checksum",
    { train: [{ ...pinned("train.mat", 2), sha256: "0".repeat(64) }] },
    /train\.mat as it is damaged: the SHA-256 of it is /,
  ],
  [
    "that is missing",
    { test: [{ name: "none.mat", sha256: "", images: 1 }] },
    /^Cannot find none\.mat in /,
  ],
];
for (const [what, change, message] of wrongs) {
  Deno.test(`svhnFiles() refuses a file ${what}`, async () => {
    await rejects(
      svhnFiles({ ...COLLECTION, ...change }).read(FOLDER),
      (error) => error instanceof BadInput && message.test(error.message),
    );
  });
}

Deno.test("readMatFile() reads the numbers that SciPy writes", () => {
  const arrays = readMatFile(bytesOf("numbers.mat"), "N.mat");
  const plain = Array.from(arrays, ([name, { shape, data }]) => ({
    name,
    shape,
    data: Array.from(data),
  }));
  deepStrictEqual(plain, [
    { name: "int16", shape: [1, 2], data: [-3, 2] },
    { name: "single", shape: [1, 3], data: [0.5, 1.5, 2.5] },
  ]);
});

Deno.test("readMatFile() reports variables that are no arrays of real numbers", () => {
  const variables = bytesOf("text.mat").subarray(128);
  const bytes = Uint8Array.from([...bytesOf("numbers.mat"), ...variables]);
  const others: string[] = [];
  const arrays = readMatFile(
    bytes,
    "N.mat",
    ({ name, what }) => others.push(`${name} is ${what}`),
  );
  deepStrictEqual(others, ["text is text"]);
  deepStrictEqual(arrays, readMatFile(bytesOf("numbers.mat"), "N.mat"));
});

Deno.test("readMatFile() refuses text, other files and incomplete ones", () => {
  const refuses = (bytes: Uint8Array, message: RegExp) =>
    throws(
      () => readMatFile(bytes, "N.mat"),
      (error) => error instanceof BadInput && message.test(error.message),
    );
  refuses(
    bytesOf("text.mat"),
    /N\.mat: "text" is not an array of real numbers$/,
  );
  refuses(
    new Uint8Array(200),
    /: it is not a little-endian MAT-file of version 5/,
  );
  refuses(
    new Uint8Array(3),
    /: it is not a little-endian MAT-file of version 5/,
  );
  const compressed = bytesOf("train.mat");
  refuses(compressed.subarray(0, -1), /: it is cut short$/);
  const plain = bytesOf("test.mat");
  refuses(plain.subarray(0, -8), /: it is cut short$/);
  const changed = compressed.slice();
  changed[150] ^= 0xff;
  refuses(changed, /: it is damaged: /);
});
