import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BadInput } from "../../../lib/bad_input.ts";
import { decodeImage } from "../../../lib/data/formats/decode_image.ts";
import {
  type ImageOptions,
  readOwnImages,
} from "../../../lib/data/own/images.ts";
import type { ImageLayout } from "../../../lib/data/own/image_layout.ts";
import { findOwnLayout } from "../../../lib/data/own/layout.ts";
import { withChannels } from "../../../lib/data/formats/raster.ts";
import { fitImage } from "../../../lib/data/formats/resize.ts";
import { tf } from "../../../lib/engine/engine.ts";
import reference from "../../fixtures/image_reference.json" with {
  type: "json",
};
import { inFolder } from "../../cli/program.ts";
import { encodePng } from "../formats/png_image.ts";

const IMAGES = fileURLToPath(new URL("../../fixtures/images", import.meta.url));

const decode = (name: string) =>
  decodeImage(Deno.readFileSync(join(IMAGES, name)), name);

Deno.test("decodeImage() returns the same pixels as Pillow", () => {
  const before = tf.memory().numTensors;
  for (const [name, expected] of Object.entries(reference.pixels)) {
    const { height, width, channels, pixels } = decode(name);
    const size = name === "photo.jpg" ? [16, 24] : [6, 9];
    deepStrictEqual([height, width], size);
    deepStrictEqual(channels, name === "grey.png" ? 1 : 3);
    deepStrictEqual([...pixels], expected);
  }
  deepStrictEqual(tf.memory().numTensors, before);
});

for (const fit of ["stretch", "crop"] as const) {
  Deno.test(`fitImage() with ${fit} resamples as Pillow's BILINEAR`, () => {
    const before = tf.memory().numTensors;
    let different = 0;
    let all = 0;
    for (const [size, expected] of Object.entries(reference[fit])) {
      const image = fitImage(decode("colour.png"), Number(size), fit);
      deepStrictEqual([image.height, image.width], [+size, +size]);
      // Pillow rounds after each of its two passes.
      closeTo(image.pixels, expected, 1);
      different += expected.filter((value, i) =>
        value !== image.pixels[i]
      ).length;
      all += expected.length;
    }
    ok(different < 0.13 * all, `${different} of ${all} differ`);
    deepStrictEqual(tf.memory().numTensors, before);
  });
}

Deno.test("withChannels() converts to grey as Pillow does, and from grey to colour", () => {
  closeTo(withChannels(decode("colour.png"), 1).pixels, reference.grey, 1);
  const grey = decode("grey.png");
  const colour = withChannels(grey, 3);
  deepStrictEqual(
    [...colour.pixels],
    [...grey.pixels].flatMap((value) => [value, value, value]),
  );
  deepStrictEqual(withChannels(colour, 1).pixels, grey.pixels);
});

function closeTo(found: Uint8Array, expected: number[], most: number) {
  deepStrictEqual(found.length, expected.length);
  found.forEach((value, i) =>
    ok(
      Math.abs(value - expected[i]) <= most,
      `${i}: ${value}, not ${expected[i]}`,
    )
  );
}

/** Copies fixtures to paths in a folder. */
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

Deno.test("class folders become classes in the order of names, and so do their images", () =>
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

Deno.test("without a train folder, the folder itself contains the classes and no test images", () =>
  inFolder(async (folder) => {
    place(folder, { "a/1.png": "grey.png", "b/1.png": "grey.png" });
    const { train, test, channels } = await read(folder);
    deepStrictEqual([train.labels.length, test, channels], [2, undefined, 1]);
  }));

const WRONG: [string, (folder: string) => void, RegExp][] = [
  [
    "an image of another size",
    (folder) => place(folder, { "train/dog/b.jpg": "photo.jpg" }),
    /dog\/b\.jpg: it has 24 x 16 pixels, but .*cat\/a\.png has 9 x 6; image/,
  ],
  [
    "a file that is not an image",
    (folder) => Deno.writeTextFileSync(join(folder, "train/dog/b.png"), "text"),
    /^Cannot read .*dog\/b\.png: it is neither PNG nor JPEG$/,
  ],
  [
    "several files that are not images",
    (folder) => {
      Deno.writeTextFileSync(join(folder, "train/dog/b.png"), "GIF89a");
      Deno.writeTextFileSync(join(folder, "train/dog/c.png"), "");
    },
    /dog\/b\.png: it is GIF but must be PNG or JPEG \(as are 1 more of the 7 files\)$/,
  ],
  [
    "an incomplete PNG image",
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
    "an incomplete JPEG image",
    (folder) => {
      const bytes = Deno.readFileSync(join(IMAGES, "photo.jpg"));
      Deno.writeFileSync(join(folder, "train/dog/b.jpg"), bytes.slice(0, -9));
    },
    /^Cannot read .*dog\/b\.jpg: it is damaged \(cut short at row 0 of 16\)$/,
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

Deno.test("PNG images of 16 bits whose values are of 12 bits are not read as black", () =>
  inFolder(async (folder) => {
    const write = (path: string, samples: number[]) => {
      Deno.mkdirSync(join(folder, path, ".."), { recursive: true });
      const size = { width: 2, height: 1, depth: 16, channels: 1 } as const;
      Deno.writeFileSync(join(folder, path), encodePng({ ...size, samples }));
    };
    write("cat/1.png", [0, 2048]);
    write("dog/1.png", [256, 4010]);
    const notes: string[] = [];
    const readAll = () =>
      readOwnImages(
        findOwnLayout(folder) as ImageLayout,
        {},
        (line, passing) => passing ?? notes.push(line),
      );
    deepStrictEqual([...(await readAll()).train.images], [0, 128, 16, 250]);
    deepStrictEqual(notes, [
      "PNG images of 16 bits have values of at most 4010 and are read as 12 bits",
      "Read 2 images",
    ]);
    // One value of more bits, and all images are of 16 bits.
    write("dog/2.png", [0, 40_000]);
    const all = [0, 8, 1, 15, 0, 156];
    deepStrictEqual([...(await readAll()).train.images], all);
  }));

Deno.test("images that need more than 8 GiB together are refused after the first", () =>
  inFolder(async (folder) => {
    place(folder, { "a.png": "grey.png" });
    const file = { path: join(folder, "a.png"), label: 0 };
    const layout: ImageLayout = {
      ...{ kind: "images", classNames: ["a", "b"], test: undefined, notes: [] },
      train: Array(2049).fill(file),
    };
    await rejects(
      readOwnImages(layout, { imageSize: 2048 }),
      /^BadInput: Cannot read 2049 images of 2048 x 2048 x 1: they need 8\.0 GiB of memory but may need 8; imageSize reduces them$/,
    );
  }));
