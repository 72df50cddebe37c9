import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { describeDataset } from "../../../lib/data/describe.ts";
import { identifyOwn, loadOwn } from "../../../lib/data/own/load.ts";
import { repeatRemarks } from "../../../lib/data/own/repeated_samples.ts";
import { writeNpy } from "../../../lib/files/npy.ts";
import { ilsJson, inFolder } from "../../cli/program.ts";
import { encodePng } from "../formats/png_image.ts";

/** A grey PNG image of 2 x 2 pixels; equal numbers are equal images. */
function writeImage(path: string, number: number): void {
  Deno.mkdirSync(join(path, ".."), { recursive: true });
  const samples = [number, 0, 255, 7];
  const size = { width: 2, height: 2, depth: 8, channels: 1 } as const;
  Deno.writeFileSync(path, encodePng({ ...size, samples }));
}

type Images = Readonly<Record<string, number>>;

/** Two classes of two different images each. */
const TRAIN: Images = {
  "train/cat/a.png": 1,
  "train/cat/b.png": 2,
  "train/dog/a.png": 3,
  "train/dog/b.png": 4,
};
const TEST: Images = { "test/cat/x.png": 5, "test/dog/x.png": 6 };

const COPY_OF_TRAINING =
  "1 of 5 training images are copies of others, such as val/dog/c.png " +
  "(train/dog/b.png): validation images are drawn from these, so some will be " +
  "trained on too";

/** What a folder contains, and what is said about it. */
const FOLDERS: readonly (readonly [string, Images, readonly string[]])[] = [
  ["different images", { ...TRAIN, ...TEST }, []],
  [
    "a test image that is a training image",
    { ...TRAIN, ...TEST, "test/dog/y.png": 2 },
    [
      "1 of 3 test images are also training images, such as test/dog/y.png " +
      "(train/cat/b.png): test scores will be too good",
    ],
  ],
  [
    "a validation image that is a training image",
    { ...TRAIN, ...TEST, "val/dog/c.png": 4 },
    [COPY_OF_TRAINING],
  ],
  [
    "a validation part for testing, with a training image",
    { ...TRAIN, "val/cat/c.png": 1, "val/dog/c.png": 9 },
    [
      "1 of 2 test images are also training images, such as val/cat/c.png " +
      "(train/cat/a.png): test scores will be too good",
    ],
  ],
  [
    "both kinds",
    { ...TRAIN, "test/cat/a.png": 1, "test/cat/b.png": 1, "val/dog/c.png": 4 },
    [
      "2 of 2 test images are also training images, such as test/cat/a.png " +
      "(train/cat/a.png): test scores will be too good",
      COPY_OF_TRAINING,
    ],
  ],
  [
    "copies without parts",
    Object.fromEntries(
      Array.from({ length: 14 }, (_, i) => [`${"ab"[i % 2]}/${i}.png`, i % 13]),
    ),
    [
      "1 of 14 training images are copies of others, such as b/13.png " +
      "(a/0.png): validation and test images are drawn from these, so some " +
      "will be trained on too",
    ],
  ],
];
for (const [what, images, remarks] of FOLDERS) {
  Deno.test(`a folder of ${what} has ${remarks.length} remarks on copies`, () =>
    inFolder(async (folder) => {
      for (const [path, number] of Object.entries(images)) {
        writeImage(join(folder, path), number);
      }
      const lines: string[] = [];
      const dataset = await loadOwn(
        identifyOwn(folder, {}),
        (line, passing) => passing ?? lines.push(line),
      );
      deepStrictEqual(dataset.remarks ?? [], remarks);
      deepStrictEqual(
        lines.filter((line) => line.startsWith("Remark: ")),
        remarks.map((remark) => `Remark: ${remark}`),
      );
      const { remarks: described } = describeDataset({
        ...{ dataset, folder, files: [] },
      });
      deepStrictEqual(described ?? [], remarks);
    }));
}

Deno.test("ils data names rows of arrays that are in both parts", () =>
  inFolder(async (cwd) => {
    const random = (i: number) => Math.fround(Math.sin(1 + i));
    const write = (name: string, rows: readonly number[]) =>
      writeNpy(join(cwd, "own", name), {
        data: Float32Array.from(
          rows.flatMap((row) => [0, 1, 2].map((k) => random(3 * row + k))),
        ),
        shape: [rows.length, 3],
      });
    const labels = (name: string, length: number) =>
      writeNpy(join(cwd, "own", name), {
        data: Int32Array.from({ length }, (_, i) => i % 2),
        shape: [length],
      });
    await Deno.mkdir(join(cwd, "own"));
    await write("X.npy", [0, 1, 2, 3]);
    await labels("y.npy", 4);
    await write("X_test.npy", [7, 2, 8, 0]);
    await labels("y_test.npy", 4);
    const { remarks } = await ilsJson(["data", "own"], { cwd });
    deepStrictEqual(remarks, [
      "2 of 4 test rows are also training rows, such as row 1 of X_test.npy " +
      "(row 2 of X.npy): test scores will be too good",
    ]);
  }));

Deno.test("coarse feature vectors, which repeat by chance, have no remarks", () => {
  const set = (length: number) => ({
    images: Float32Array.from({ length: 2 * length }, (_, i) => i % 6),
    labels: new Int32Array(length),
  });
  const nameOf = (part: string, index: number) => `${part} ${index}`;
  const rows = { train: set(6), test: set(3), size: 2, nameOf };
  deepStrictEqual(repeatRemarks({ ...rows, vectors: true }), []);
  deepStrictEqual(repeatRemarks({ ...rows, vectors: false }).length, 2);
});
