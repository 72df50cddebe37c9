import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import { loadDataset, locateDataset } from "../../lib/data/dataset.ts";
import { describeDataset } from "../../lib/data/describe.ts";
import { KNOWN_DATASETS } from "../../lib/data/named/known_datasets.ts";
import type { PixelData } from "../../lib/data/image_set.ts";

Deno.test("loadDataset() finds data sets by name", async () => {
  await rejects(
    loadDataset("mnist"),
    (error) =>
      error instanceof BadInput &&
      error.message ===
        'Cannot load data set "mnist": known are fashionmnist, cifar10, cifar100, svhn, svhn-extra, excerpt',
  );
  await rejects(loadDataset("toString"), BadInput);
});

Deno.test("damaged files in ILS_DATA_DIR are an error, and nothing is downloaded", async () => {
  const userFolder = await Deno.makeTempDir();
  const projectFolder = join(userFolder, "project");
  try {
    await Deno.mkdir(join(userFolder, "cifar10"));
    const archive = join(userFolder, "cifar10", "cifar-10-binary.tar.gz");
    await Deno.writeTextFile(archive, "no archive");
    const lines: string[] = [];
    await rejects(
      loadDataset("cifar10", {
        userFolder,
        projectFolder,
        report: (line) => lines.push(line),
      }),
      (error) =>
        error instanceof BadInput &&
        error.message.startsWith(`Cannot use ${archive} as it is damaged: `),
    );
    deepStrictEqual(lines, []);
    // The excerpt is always that of the project.
    const { folder } = await locateDataset("excerpt", { userFolder });
    match(folder, /data\/excerpt$/);
  } finally {
    await Deno.remove(userFolder, { recursive: true });
  }
});

Deno.test("CIFAR's images may be mirrored in training, SVHN's digits may not", () => {
  const augment = Object.entries(KNOWN_DATASETS)
    .map(([name, { facts }]) => [name, facts.augment]);
  deepStrictEqual(Object.fromEntries(augment), {
    ...{ fashionmnist: "none", excerpt: "none", svhn: "none" },
    ...{ "svhn-extra": "none", cifar10: "crop-flip", cifar100: "crop-flip" },
  });
});

Deno.test("loadDataset('excerpt') returns 1,000 + 200 images in equal classes", async () => {
  const description = describeDataset(await locateDataset("excerpt"));
  deepStrictEqual(description.shape, [28, 28, 1]);
  deepStrictEqual([description.train, description.test], [1000, 200]);
  for (const { train, test } of description.classes) {
    deepStrictEqual([train, test], [100, 20]);
  }
});

Deno.test("loadDataset('fashionmnist') returns all 70,000 images in equal classes", async () => {
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

Deno.test("the excerpt contains images of Fashion-MNIST in their order", async () => {
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
      const expected = imageOf(excerpt[part].images, i);
      const isSame = () =>
        whole[part].labels[at] === excerpt[part].labels[i] &&
        imageOf(whole[part].images, at).every((v, p) => v === expected[p]);
      while (at < whole[part].labels.length && !isSame()) at++;
      ok(at < whole[part].labels.length, `image ${i} of ${part}`);
      at++;
    }
  }
});
