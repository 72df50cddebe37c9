import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BadInput } from "../../../lib/bad_input.ts";
import { decodeImage } from "../../../lib/data/formats/decode_image.ts";
import {
  type ImageOptions,
  readOwnImages,
} from "../../../lib/data/own/images.ts";
import {
  findOwnLayout,
  type ImageLayout,
} from "../../../lib/data/own/layout.ts";
import { withChannels } from "../../../lib/data/formats/raster.ts";
import { fitImage } from "../../../lib/data/formats/resize.ts";
import { tf } from "../../../lib/engine/engine.ts";
import reference from "../../fixtures/image_reference.json" with {
  type: "json",
};
import { inFolder } from "../../cli/program.ts";

const IMAGES = fileURLToPath(new URL("../../fixtures/images", import.meta.url));

const decode = (name: string) =>
  decodeImage(Deno.readFileSync(join(IMAGES, name)), name);

Deno.test("decodeImage() gives the pixels that Pillow gives", () => {
  const before = tf.memory().numTensors;
  for (const [name, wanted] of Object.entries(reference.pixels)) {
    const { height, width, channels, pixels } = decode(name);
    const size = name === "photo.jpg" ? [16, 24] : [6, 9];
    deepStrictEqual([height, width], size);
    deepStrictEqual(channels, name === "grey.png" ? 1 : 3);
    // Decoders of JPEG may differ by a few steps, those of PNG by none.
    closeTo(pixels, wanted, name === "photo.jpg" ? 3 : 0);
  }
  deepStrictEqual(tf.memory().numTensors, before);
});

for (const fit of ["stretch", "crop"] as const) {
  Deno.test(`fitImage() of ${fit} resamples as Pillow's BILINEAR`, () => {
    const before = tf.memory().numTensors;
    let different = 0;
    let all = 0;
    for (const [size, wanted] of Object.entries(reference[fit])) {
      const image = fitImage(decode("colour.png"), Number(size), fit);
      deepStrictEqual([image.height, image.width], [+size, +size]);
      // Pillow rounds between its two passes, and once more after them.
      closeTo(image.pixels, wanted, 1);
      different += wanted.filter((value, i) =>
        value !== image.pixels[i]
      ).length;
      all += wanted.length;
    }
    ok(different < 0.13 * all, `${different} of ${all} differ`);
    deepStrictEqual(tf.memory().numTensors, before);
  });
}

Deno.test("withChannels() makes grey as Pillow does, and colour of grey", () => {
  closeTo(withChannels(decode("colour.png"), 1).pixels, reference.grey, 1);
  const grey = decode("grey.png");
  const colour = withChannels(grey, 3);
  deepStrictEqual(
    [...colour.pixels],
    [...grey.pixels].flatMap((value) => [value, value, value]),
  );
  deepStrictEqual(withChannels(colour, 1).pixels, grey.pixels);
});

function closeTo(found: Uint8Array, wanted: number[], most: number) {
  deepStrictEqual(found.length, wanted.length);
  found.forEach((value, i) =>
    ok(Math.abs(value - wanted[i]) <= most, `${i}: ${value}, not ${wanted[i]}`)
  );
}

/** Copies of the fixtures at the given places below a folder. */
function place(folder: string, files: Readonly<Record<string, string>>) {
  for (const [path, name] of Object.entries(files)) {
    Deno.mkdirSync(join(folder, path, ".."), { recursive: true });
    Deno.copyFileSync(join(IMAGES, name), join(folder, path));
  }
}

const GOOD = {
  "train/cat/b.png": "colour.png",
  "train/cat/a.png": "grey.png",
  "train/dog/a.PNG": "palette.png",
  "test/cat/x.png": "alpha.png",
  "test/dog/x.png": "grey.png",
};

const read = (folder: string, options: ImageOptions = {}) =>
  readOwnImages(findOwnLayout(folder) as ImageLayout, options);

Deno.test("class folders become classes by name, their images by theirs", () =>
  inFolder(async (folder) => {
    place(folder, GOOD);
    Deno.writeTextFileSync(join(folder, "train", "cat", ".DS_Store"), "");
    const { train, test, ...facts } = await read(folder);
    deepStrictEqual(facts, {
      ...{ height: 6, width: 9, channels: 3 },
      classNames: ["cat", "dog"],
    });
    deepStrictEqual(train.labels, Int32Array.of(0, 0, 1));
    deepStrictEqual(test?.labels, Int32Array.of(0, 1));
    const second = train.images.subarray(6 * 9 * 3, 2 * 6 * 9 * 3);
    deepStrictEqual([...second], reference.pixels["colour.png"]);
    const grey = await read(folder, { channels: 1, imageSize: 4 });
    deepStrictEqual([grey.height, grey.width, grey.channels], [4, 4, 1]);
    deepStrictEqual(grey.train.images.length, 3 * 16);
  }));

Deno.test("without a train folder the folder itself is of classes, untested", () =>
  inFolder(async (folder) => {
    place(folder, { "a/1.png": "grey.png", "b/1.png": "grey.png" });
    const { train, test, channels } = await read(folder);
    deepStrictEqual([train.labels.length, test, channels], [2, undefined, 1]);
  }));

const WRONG: [string, (folder: string) => void, RegExp][] = [
  [
    "an image of another size",
    (folder) => place(folder, { "train/dog/b.jpg": "photo.jpg" }),
    /dog\/b\.jpg: it has 24 x 16 pixels, and .*cat\/a\.png has 9 x 6; image/,
  ],
  [
    "a file that is no image",
    (folder) => Deno.writeTextFileSync(join(folder, "train/dog/b.png"), "text"),
    /^Cannot read .*dog\/b\.png: it is neither PNG nor JPEG$/,
  ],
  [
    "an image that is cut short",
    (folder) => {
      const bytes = Deno.readFileSync(join(IMAGES, "colour.png"));
      Deno.writeFileSync(
        join(folder, "train/dog/b.png"),
        bytes.subarray(0, 120),
      );
    },
    /^Cannot read .*dog\/b\.png: it is damaged \(Invalid PNG data, size 120\)$/,
  ],
  [
    "a photograph that is cut short",
    (folder) => {
      const bytes = Deno.readFileSync(join(IMAGES, "photo.jpg"));
      Deno.writeFileSync(join(folder, "train/dog/b.jpg"), bytes.slice(0, -2));
    },
    /^Cannot read .*dog\/b\.jpg: it is damaged \(cut short\)$/,
  ],
  [
    "another file among images",
    (folder) => Deno.writeTextFileSync(join(folder, "train/dog/b.gif"), ""),
    /dog\/b\.gif: a class's folder must hold \.png, \.jpg and \.jpeg files/,
  ],
  [
    "a class without images",
    (folder) => Deno.removeSync(join(folder, "train/dog/a.PNG")),
    /^Cannot use class dog: .*train\/dog is empty$/,
  ],
  [
    "a class in test alone",
    (folder) => place(folder, { "test/cow/a.png": "grey.png" }),
    /test: its classes must be those of train, but cow is in one of them alone$/,
  ],
  [
    "a class in train alone",
    (folder) => place(folder, { "train/cow/a.png": "grey.png" }),
    /test: its classes must be those of train, but cow is in one of them alone$/,
  ],
  [
    "one class",
    (folder) => {
      for (const part of ["train", "test"]) {
        Deno.removeSync(join(folder, part, "dog"), { recursive: true });
      }
    },
    /train as a data set: there must be 2 classes or more, but .* are cat$/,
  ],
  [
    "a folder beside train and test",
    (folder) => place(folder, { "val/cat/a.png": "grey.png" }),
    /: beside train there may be test alone, but there is val$/,
  ],
];
for (const [what, spoil, message] of WRONG) {
  Deno.test(`images are refused for ${what}`, () =>
    inFolder(async (folder) => {
      place(folder, GOOD);
      spoil(folder);
      await rejects(
        async () => await read(folder),
        (error) => error instanceof BadInput && message.test(error.message),
      );
    }));
}

Deno.test("images are refused outside of their class's folder, and nothing is", () =>
  inFolder(async (folder) => {
    const refuses = (message: RegExp) =>
      rejects(
        async () => await read(folder),
        (error) => error instanceof BadInput && message.test(error.message),
      );
    await refuses(/it must hold X\.npy and y\.npy, or a folder of images for/);
    place(folder, { "a/1.png": "grey.png", "b/1.png": "grey.png" });
    place(folder, { "1.png": "grey.png" });
    await refuses(/1\.png: an image must be in the folder of its class$/);
  }));
