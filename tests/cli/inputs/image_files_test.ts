import assert from "node:assert/strict";
import { readImages } from "../../../lib/cli/inputs/image_files.ts";
import type { NpyData } from "../../../lib/files/npy_types.ts";
import { withWriter } from "./scores.ts";

const ALL = { stored: 2, kept: undefined };

/** Reads images of two rows, or the message with which they are refused. */
function reading(data: NpyData, shape: number[], rows = ALL) {
  return withWriter(async ({ array }) => {
    const path = await array("X.npy", { data, shape });
    try {
      return await readImages(path, rows);
    } catch (error) {
      return (error as Error).message.replace(path, "X.npy");
    }
  });
}

/** The pixels of images of one line of two pixels. */
async function pixelsOf(data: NpyData): Promise<number[]> {
  const read = await reading(data, [2, 1, 2]);
  assert(typeof read !== "string", String(read));
  return [...read.images.pixels];
}

Deno.test("readImages() reads levels, shares and other numbers", async () => {
  assert.deepEqual(await pixelsOf(Uint8Array.of(1, 2, 254, 255)), [
    ...[1, 2, 254, 255],
  ]);
  assert.deepEqual(await pixelsOf(Int32Array.of(0, 2, 254, 255)), [
    ...[0, 2, 254, 255],
  ]);
  assert.deepEqual(await pixelsOf(Float32Array.of(0, 0.2, 0.5, 1)), [
    ...[0, 51, 128, 255],
  ]);
  assert.deepEqual(await pixelsOf(Float64Array.of(-2, 0, 3, 1)), [
    ...[0, 102, 255, 153],
  ]);
});

Deno.test("readImages() remarks on numbers that are no levels", async () => {
  const read = await reading(Float64Array.of(-2, 0, 3, 1), [2, 1, 2]);
  assert(typeof read !== "string");
  assert.match(
    read.remarks[0],
    /numbers from -2.00 to 3.00 are shown as levels/,
  );
});

Deno.test("readImages() reads channels, and leaves out rows that do not count", async () => {
  const data = Uint8Array.from({ length: 12 }, (_, at) => at);
  const read = await reading(data, [4, 1, 1, 3], {
    ...{ stored: 4, kept: [3, 1] as never },
  });
  assert(typeof read !== "string", String(read));
  const { pixels, height, width, channels } = read.images;
  assert.deepEqual([height, width, channels], [1, 1, 3]);
  assert.deepEqual([...pixels], [9, 10, 11, 3, 4, 5]);
});

Deno.test("readImages() names what the file holds and what is allowed", async () => {
  const shape = "must have the shape (rows, height, width) or (rows, height, " +
    "width, channels) with 1 or 3 channels, which come last: current shape is ";
  const bytes = (length: number) => new Uint8Array(length);
  assert.equal(
    await reading(bytes(24), [2, 3, 2, 2]),
    `--images X.npy ${shape}(2, 3, 2, 2)`,
  );
  assert.equal(
    await reading(bytes(4), [2, 2]),
    `--images X.npy ${shape}(2, 2)`,
  );
  assert.equal(
    await reading(bytes(12), [3, 2, 2]),
    "--images X.npy must have the 2 rows of the scores: it has 3",
  );
  assert.equal(
    await reading(Float32Array.of(0, 1, NaN, 1), [2, 1, 2]),
    "--images X.npy must be finite: value 2 is NaN",
  );
});
