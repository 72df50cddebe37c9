import {
  deepStrictEqual,
  notEqual,
  ok,
  rejects,
  throws,
} from "node:assert/strict";
import { basename, join } from "node:path";
import { BadInput } from "../../../lib/bad_input.ts";
import {
  describeDataset,
  samplesOfClasses,
} from "../../../lib/data/describe.ts";
import { identifyOwn, loadOwn } from "../../../lib/data/own/load.ts";
import { writeNpy } from "../../../lib/files/npy.ts";
import { inFolder } from "../../cli/program.ts";

/** 40 grey images of 2 x 2 numbers in 2 classes, 30 of them in class 0. */
async function writeArrays(folder: string, last = 0) {
  await Deno.mkdir(folder, { recursive: true });
  const data = Float32Array.from({ length: 160 }, (_, i) => i % 10);
  data[159] = last;
  await writeNpy(join(folder, "X.npy"), { data, shape: [40, 2, 2] });
  const labels = Int32Array.from({ length: 40 }, (_, i) => i % 4 === 3 ? 1 : 0);
  await writeNpy(join(folder, "y.npy"), { data: labels, shape: [40] });
}

Deno.test("your own data is identified by its content, not by its folder", () =>
  inFolder(async (root) => {
    await writeArrays(join(root, "one"));
    await writeArrays(join(root, "copy"));
    await writeArrays(join(root, "other"), 1);
    const [one, copy, other] = ["one", "copy", "other"]
      .map((name) => identifyOwn(join(root, name), {}));
    deepStrictEqual(copy.sha256, one.sha256);
    notEqual(other.sha256, one.sha256);
    deepStrictEqual(Object.keys(one), ["folder", "sha256"]);
  }));

Deno.test("your own data is refused if it has changed", () =>
  inFolder(async (root) => {
    await writeArrays(root);
    const own = identifyOwn(root, {});
    await writeArrays(root, 1);
    await rejects(
      loadOwn(own),
      (error) =>
        error instanceof BadInput &&
        /as its content has changed: the SHA-256/.test(error.message),
    );
  }));

Deno.test("without test samples, one sample in seven is held out by class", () =>
  inFolder(async (root) => {
    await writeArrays(root);
    const own = identifyOwn(root, { augment: "crop-flip" });
    const dataset = await loadOwn(own);
    deepStrictEqual(dataset.augment, "crop-flip");
    const description = describeDataset({ dataset, folder: root, files: [] });
    deepStrictEqual([description.train, description.test], [34, 6]);
    for (const { train, test } of description.classes) {
      ok(Math.abs(test - (train + test) / 7) < 1, `${test} of ${train + test}`);
    }
    deepStrictEqual([description.shape, description.unit], [[2, 2, 1], 1]);
    deepStrictEqual(description.title, basename(root));
    // Always the same samples.
    deepStrictEqual((await loadOwn(own)).test, dataset.test);
  }));

Deno.test("six samples are too few for holding out", () =>
  inFolder(async (root) => {
    const data = Float32Array.from({ length: 12 }, (_, i) => i);
    await writeNpy(join(root, "X.npy"), { data, shape: [6, 2] });
    const labels = Int32Array.of(0, 1, 0, 1, 0, 1);
    await writeNpy(join(root, "y.npy"), { data: labels, shape: [6] });
    await rejects(
      loadOwn(identifyOwn(root, {})),
      /^BadInput: Cannot hold out .*: it has 6 samples but needs 7 or more$/,
    );
  }));

Deno.test("a class with one sample cannot be held out", () =>
  inFolder(async (root) => {
    await writeArrays(root);
    const data = new Int32Array(40);
    data[7] = 1;
    await writeNpy(join(root, "y.npy"), { data, shape: [40] });
    await rejects(
      loadOwn(identifyOwn(root, {})),
      /class 1 has 1 sample but needs 2 or more$/,
    );
  }));

Deno.test("samplesOfClasses() scales numbers from black to white, one row per class", () =>
  inFolder(async (root) => {
    await writeArrays(root);
    const dataset = await loadOwn(identifyOwn(root, {}));
    const samples = samplesOfClasses(dataset, 12);
    deepStrictEqual(samples.length, 24);
    const labels = samples.map(({ label }) => label);
    deepStrictEqual(labels.slice(0, 12), Array(12).fill("0"));
    // Class 1 has fewer images; its row is filled with white.
    const { train } = describeDataset({ dataset, folder: "", files: [] })
      .classes[1];
    deepStrictEqual(labels.slice(12).indexOf(""), train);
    deepStrictEqual([...samples.at(-1)!.pixels], [255, 255, 255, 255]);
    const first = dataset.train.images.subarray(0, 4);
    deepStrictEqual(
      [...samples[0].pixels],
      Array.from(first, (value) => Math.round(255 * value / 9)),
    );
  }));

Deno.test("image options are refused for arrays, and so is fit without a size", () =>
  inFolder(async (root) => {
    await writeArrays(root);
    throws(
      () => identifyOwn(root, { imageSize: 8 }),
      /^BadInput: imageSize goes with folders of images: .* contains arrays$/,
    );
    throws(() => identifyOwn(root, { channels: 1 }), /channels goes with/);
  }));
