import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { loadDataset, locateDataset } from "../../lib/data/dataset.ts";
import { describeDataset } from "../../lib/data/describe.ts";
import type { PixelData } from "../../lib/data/image_set.ts";

Deno.test("loadDataset() knows its data sets by name", async () => {
  await rejects(
    loadDataset("mnist"),
    (error) =>
      error instanceof BadInput &&
      error.message ===
        'Cannot load data set "mnist": known are fashionmnist, cifar10, cifar100, svhn, svhn-extra, excerpt',
  );
  await rejects(loadDataset("toString"), BadInput);
});

Deno.test("loadDataset('excerpt') gives 1,000 + 200 images, classes equal", async () => {
  const description = describeDataset(await locateDataset("excerpt"));
  deepStrictEqual(description.shape, [28, 28, 1]);
  deepStrictEqual([description.train, description.test], [1000, 200]);
  for (const { train, test } of description.classes) {
    deepStrictEqual([train, test], [100, 20]);
  }
});

Deno.test("loadDataset('fashionmnist') gives all 70,000 images, classes equal", async () => {
  const description = describeDataset(
    await locateDataset("fashionmnist"),
  );
  deepStrictEqual([description.train, description.test], [60_000, 10_000]);
  for (const { train, test } of description.classes) {
    deepStrictEqual([train, test], [6000, 1000]);
  }
  // As published: mean 0.2860, standard deviation 0.3530 of pixels / 255.
  deepStrictEqual(description.mean.map((value) => value.toFixed(4)), [
    "0.2860",
  ]);
  deepStrictEqual(description.std.map((value) => value.toFixed(4)), ["0.3530"]);
});

Deno.test("the excerpt's images are images of Fashion-MNIST, in its order", async () => {
  const [whole, excerpt] = await Promise.all([
    loadDataset("fashionmnist"),
    loadDataset("excerpt"),
  ]);
  const size = 28 * 28;
  const imageOf = (images: PixelData, i: number) =>
    images.subarray(i * size, (i + 1) * size);
  for (const part of ["train", "test"] as const) {
    let at = 0;
    for (let i = 0; i < excerpt[part].labels.length; i++) {
      const wanted = imageOf(excerpt[part].images, i);
      const isSame = () =>
        whole[part].labels[at] === excerpt[part].labels[i] &&
        imageOf(whole[part].images, at).every((v, p) => v === wanted[p]);
      while (at < whole[part].labels.length && !isSame()) at++;
      ok(at < whole[part].labels.length, `image ${i} of ${part}`);
      at++;
    }
  }
});
