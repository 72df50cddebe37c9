import assert from "node:assert/strict";
import { CIFAR10, CIFAR100 } from "../../../lib/data/named/cifar.ts";
import { DATASET_NAMES, loadDataset } from "../../../lib/data/dataset.ts";
import { DATASET_SIZES } from "../../../lib/data/named/known_datasets.ts";
import { SVHN, SVHN_EXTRA } from "../../../lib/data/named/svhn.ts";

const SVHNS = [["svhn", SVHN], ["svhn-extra", SVHN_EXTRA]] as const;

Deno.test("DATASET_SIZES has every known data set", () => {
  assert.deepEqual(
    Object.keys(DATASET_SIZES).sort(),
    [...DATASET_NAMES].sort(),
  );
});

for (const name of ["excerpt", "fashionmnist"]) {
  Deno.test(`DATASET_SIZES is correct for ${name}`, async () => {
    const { train, test, classNames, ...size } = await loadDataset(name);
    const { height, width, channels } = size;
    assert.deepEqual(DATASET_SIZES[name], {
      height,
      width,
      channels,
      train: train.labels.length,
      test: test.labels.length,
      classes: classNames.length,
    });
  });
}

Deno.test("DATASET_SIZES agrees with the sizes checked in files", () => {
  for (const [name, collection] of Object.entries({ CIFAR10, CIFAR100 })) {
    const sizes = DATASET_SIZES[name.toLowerCase()];
    const count = (files: typeof collection.train) =>
      files.reduce((sum, { records }) => sum + records, 0);
    assert.equal(sizes.train, count(collection.train));
    assert.equal(sizes.test, count(collection.test));
    assert.equal(sizes.classes, collection.classNames.length);
  }
  for (const [name, { train, test }] of SVHNS) {
    const count = (files: typeof train) =>
      files.reduce((sum, { images }) => sum + images, 0);
    assert.equal(DATASET_SIZES[name].train, count(train));
    assert.equal(DATASET_SIZES[name].test, count(test));
  }
});
