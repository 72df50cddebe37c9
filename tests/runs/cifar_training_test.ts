/** Training from an archive in the format of CIFAR's authors. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { channelStatistics } from "../../lib/data/channel_statistics.ts";
import { CIFAR10 } from "../../lib/data/named/cifar.ts";
import {
  type CifarCollection,
  cifarFiles,
} from "../../lib/data/formats/cifar.ts";
import { deviceImages } from "../../lib/data/device_images.ts";
import type { ImageSet } from "../../lib/data/image_set.ts";
import { sha256 } from "../../lib/files/sha256.ts";
import { tf } from "../../lib/engine/engine.ts";
import { buildModel } from "../../lib/models/build.ts";
import { stream } from "../../lib/random.ts";
import { crossEntropyLoss } from "../../lib/training/cross_entropy.ts";
import { fit } from "../../lib/training/fit.ts";
import { sgd } from "../../lib/training/optimizer.ts";
import { predict } from "../../lib/training/predict.ts";
import { inFolder } from "../cli/program.ts";
import { tarOf } from "../data/tar_archive.ts";

const RECORD = 1 + 3 * 32 * 32;
const RECORDS = { train: 20, test: 10 };

/** Records of noise that cycle through the classes. */
function recordsOf(count: number): Uint8Array {
  const random = stream(count, "records");
  return Uint8Array.from(
    { length: count * RECORD },
    (_, i) => i % RECORD === 0 ? (i / RECORD) % 10 : random.integer(256),
  );
}

/** CIFAR-10 with a few records per file, and its archive. */
function smallCifar(): { collection: CifarCollection; archive: Uint8Array } {
  const shrunk = (part: "train" | "test") =>
    CIFAR10[part].map((file) => ({ ...file, records: RECORDS[part] }));
  const parts = { train: shrunk("train"), test: shrunk("test") };
  const files = [
    {
      path: CIFAR10.namesFile,
      content: bytesOf(CIFAR10.classNames.join("\n")),
    },
    ...[...parts.train, ...parts.test].map(({ name, records }) => ({
      path: name,
      content: recordsOf(records),
    })),
  ].map(({ path, content }) => ({
    path: `${CIFAR10.inside}/${path}`,
    content,
  }));
  const archive = gzipSync(
    tarOf([{ path: `${CIFAR10.inside}/`, type: "5" }, ...files]),
  );
  const pinned = { ...CIFAR10.archive, sha256: sha256(archive) };
  return { collection: { ...CIFAR10, ...parts, archive: pinned }, archive };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

Deno.test("an archive in CIFAR's format trains resnet18 of 10 classes", () =>
  inFolder(async (folder) => {
    const { collection, archive } = smallCifar();
    await Deno.writeFile(join(folder, collection.archive.name), archive);
    const { train, test } = await cifarFiles(collection).read(folder);
    assert.deepEqual([train.labels.length, test.labels.length], [100, 10]);
    const shape = { height: 32, width: 32, channels: 3 };
    const statistics = channelStatistics(train.images, 3);
    const on = ({ images }: ImageSet) =>
      deviceImages({ images, ...shape, ...statistics });
    const [few, validation] = [on(take(train, 8)), on(test)];
    const model = buildModel("resnet18", {
      ...shape,
      classes: collection.classNames.length,
      random: stream(1, "init"),
    });
    const labels = tf.tensor1d(train.labels.subarray(0, 8), "int32");
    const targets = tf.oneHot(labels, 10).toFloat() as tf.Tensor2D;
    try {
      const history = await fit(model, {
        train: few,
        validation,
        validationLabels: test.labels,
      }, {
        loss: crossEntropyLoss(targets),
        optimizer: (weights) =>
          sgd(weights, { momentum: 0.9, weightDecay: 1e-4 }),
        schedule: { learningRate: 0.01, milestones: [], gamma: 1 },
        ...{ epochs: 1, batchSize: 4, seed: 1, augment: true },
      });
      assert(Number.isFinite(history[0].trainLoss));
      const { rows, columns } = predict(model, validation);
      assert.deepEqual([rows, columns], [10, 10]);
    } finally {
      tf.dispose([labels, targets]);
      for (const images of [few, validation]) images.dispose();
      model.dispose();
    }
  }));

function take({ images, labels }: ImageSet, count: number): ImageSet {
  const size = images.length / labels.length;
  return {
    images: images.slice(0, count * size),
    labels: labels.slice(0, count),
  };
}
