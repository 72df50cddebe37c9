import { deepStrictEqual, throws } from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { BadInput } from "../../../lib/bad_input.ts";
import type { ImageLayout } from "../../../lib/data/own/image_layout.ts";
import { findOwnLayout } from "../../../lib/data/own/layout.ts";
import { inFolder } from "../../cli/program.ts";

/** Makes empty files, and folders of paths that end with a slash; finding them does not read them. */
function make(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    const isFolder = path.endsWith("/");
    const parent = isFolder ? path : dirname(path);
    Deno.mkdirSync(join(folder, parent), { recursive: true });
    if (!isFolder) Deno.writeTextFileSync(join(folder, path), "");
  }
}

/** The layout of a folder, with relative paths. */
function layoutOf(folder: string) {
  const { classNames, train, test, notes } = findOwnLayout(
    folder,
  ) as ImageLayout;
  const paths = (files: ImageLayout["train"] = []) =>
    files.map(({ path, label }) => `${label} ${relative(folder, path)}`);
  return { classNames, train: paths(train), test: test && paths(test), notes };
}

const TWO = ["cat/1.png", "dog/1.jpg"];

const inPart = (part: string, files: readonly string[] = TWO) =>
  files.map((file) => `${part}/${file}`);

interface Expected {
  readonly train: readonly string[];
  readonly test?: readonly string[];
  readonly notes?: readonly string[];
}

const ACCEPTED: Record<string, [readonly string[], Expected]> = {
  "class folders without a test part": [TWO, {
    train: ["0 cat/1.png", "1 dog/1.jpg"],
  }],
  "what systems and archives leave behind": [
    [
      ...TWO,
      ...["__MACOSX/._cat/._1.png", "@eaDir/1.png", ".ipynb_checkpoints/a.png"],
      ...[".DS_Store", "lost+found/", "cat/Thumbs.db", "cat/._1.png"],
      ...["cat/.ipynb_checkpoints/1-checkpoint.png", "cat/@eaDir/1.png"],
      ...["dog/__MACOSX/._1.jpg", "dog/desktop.ini", "$RECYCLE.BIN/x"],
    ],
    { train: ["0 cat/1.png", "1 dog/1.jpg"] },
  ],
  "Train and Test": [[...inPart("Train"), ...inPart("Test")], {
    train: ["0 Train/cat/1.png", "1 Train/dog/1.jpg"],
    test: ["0 Test/cat/1.png", "1 Test/dog/1.jpg"],
  }],
  "Training and testing_set": [
    [...inPart("Training"), ...inPart("testing_set")],
    {
      train: ["0 Training/cat/1.png", "1 Training/dog/1.jpg"],
      test: ["0 testing_set/cat/1.png", "1 testing_set/dog/1.jpg"],
    },
  ],
  "train, valid and test: validation joins training": [
    [...inPart("train"), ...inPart("valid"), ...inPart("test")],
    {
      train: [
        ...["0 train/cat/1.png", "1 train/dog/1.jpg"],
        ...["0 valid/cat/1.png", "1 valid/dog/1.jpg"],
      ],
      test: ["0 test/cat/1.png", "1 test/dog/1.jpg"],
      notes: [
        "The images of valid join those of train, of which validation images are drawn",
      ],
    },
  ],
  "train and val without test: val is the test part": [
    [...inPart("train"), ...inPart("val")],
    {
      train: ["0 train/cat/1.png", "1 train/dog/1.jpg"],
      test: ["0 val/cat/1.png", "1 val/dog/1.jpg"],
      notes: ["val is the test part, as there is no folder test"],
    },
  ],
  "classes that are called train and test": [
    ["bus/1.png", "test/1.png", "train/1.png"],
    { train: ["0 bus/1.png", "1 test/1.png", "2 train/1.png"] },
  ],
  "a class called train in a part": [
    [...inPart("train", ["bus/1.png", "train/1.png"])],
    { train: ["0 train/bus/1.png", "1 train/train/1.png"] },
  ],
  "a test part without one class": [
    [...inPart("train"), ...inPart("test", ["dog/1.jpg", "cat/"])],
    {
      train: ["0 train/cat/1.png", "1 train/dog/1.jpg"],
      test: ["1 test/dog/1.jpg"],
      notes: ["No images of test/cat"],
    },
  ],
  "files that are no images": [
    [...TWO, "cat/notes.txt", "dog/labels.csv", "README.md"],
    {
      train: ["0 cat/1.png", "1 dog/1.jpg"],
      notes: ["Ignored as not PNG or JPEG: cat/notes.txt, dog/labels.csv"],
    },
  ],
  "every name of a JPEG file": [["cat/1.JPEG", "cat/2.jfif", "dog/1.jpe"], {
    train: ["0 cat/1.JPEG", "0 cat/2.jfif", "1 dog/1.jpe"],
  }],
};
for (const [what, [files, expected]] of Object.entries(ACCEPTED)) {
  Deno.test(`a folder of images may have ${what}`, () =>
    inFolder((folder) => {
      make(folder, files);
      const { classNames: _, ...found } = layoutOf(folder);
      const { test = undefined, notes = [] } = expected;
      const relativeNotes = found.notes
        .map((note) => note.replaceAll(`${folder}/`, ""));
      deepStrictEqual({ ...found, notes: relativeNotes }, {
        train: expected.train,
        test,
        notes,
      });
      return Promise.resolve();
    }));
}

const REFUSED: Record<string, [readonly string[], RegExp]> = {
  "no folders": [
    ["notes.txt"],
    /: it must contain X\.npy and y\.npy, or a folder of images for each class/,
  ],
  "an archive that is not unpacked": [
    ["leaves.zip"],
    / as a data set: unpack leaves\.zip first$/,
  ],
  "images next to class folders": [
    [...TWO, "1.png"],
    /1\.png: an image must be in the folder of its class$/,
  ],
  "images next to the class folders of a part": [
    [...inPart("train"), "train/1.png"],
    /train\/1\.png: an image must be in the folder of its class$/,
  ],
  "another folder next to train": [
    [...inPart("train"), ...inPart("extra")],
    /next to train only folders for training, validation and test are allowed, but there is extra$/,
  ],
  "two folders of one part": [
    [...inPart("train"), ...inPart("Training")],
    /: it contains both Training and train$/,
  ],
  "a test part without a training part": [
    [...inPart("test"), ...inPart("val")],
    /: it contains test and val but no folder train$/,
  ],
  "a flat test part": [
    [...inPart("train"), "test/1.png", "test/2.png"],
    /test: its images must be in one folder per class, but there is no folder; without labels they cannot be used$/,
  ],
  "flat parts": [
    ["train/1.png", "test/1.png"],
    /test: its images must be in one folder per class/,
  ],
  "an empty test part": [[...inPart("train"), "test/"], /test: it is empty$/],
  "a test part without images": [
    [...inPart("train"), "test/cat/"],
    /test: it contains no PNG or JPEG files$/,
  ],
  "a class that is only in test": [
    [...inPart("train"), ...inPart("test", [...TWO, "cow/1.png"])],
    /test\/cow: the training part has no class cow; its classes are cat, dog$/,
  ],
  "one class": [
    ["cat/1.png"],
    /there must be 2 or more classes, but its only folder is cat$/,
  ],
  "a folder around the data set": [
    [...inPart("leaves/train")],
    /there must be 2 or more classes, but its only folder is leaves; use .*\/leaves$/,
  ],
  "a class without images": [
    ["cat/1.png", "dog/"],
    /^Cannot use class dog: .*dog contains no PNG or JPEG files$/,
  ],
  "a folder in a class": [
    ["cat/1.png", "dog/1.png", "dog/puppy/1.png"],
    /dog\/puppy: the folder of a class must contain only PNG and JPEG files; move/,
  ],
  "images of another format": [
    [...TWO, "cat/2.webp"],
    /cat\/2\.webp: the folder of a class must .* files; convert \.webp files$/,
  ],
  "an archive in a class": [
    [...TWO, "cat/more.tar.gz"],
    /cat\/more\.tar\.gz: .*; unpack or remove this archive$/,
  ],
};
for (const [what, [files, message]] of Object.entries(REFUSED)) {
  Deno.test(`a folder of images is refused for ${what}`, () =>
    inFolder((folder) => {
      make(folder, files);
      throws(
        () => findOwnLayout(folder),
        (error) => error instanceof BadInput && message.test(error.message),
      );
      return Promise.resolve();
    }));
}

Deno.test("links may lead to files in the data set but not out of it", () =>
  inFolder((root) => {
    const folder = join(root, "data");
    make(folder, [...TWO, "dog/2.png"]);
    make(root, ["private.png"]);
    Deno.symlinkSync("../dog/2.png", join(folder, "cat/2.png"));
    deepStrictEqual(layoutOf(folder).train.slice(0, 2), [
      "0 cat/1.png",
      "0 cat/2.png",
    ]);
    Deno.symlinkSync("../../private.png", join(folder, "dog/3.png"));
    throws(
      () => findOwnLayout(folder),
      /^BadInput: Cannot use .*dog\/3\.png: it is a link to .*private\.png, outside of .*data; copy the folder with cp -rL$/,
    );
    return Promise.resolve();
  }));

Deno.test("dangling links and what is not a file are refused", () =>
  inFolder(async (folder) => {
    make(folder, TWO);
    Deno.symlinkSync("nowhere.png", join(folder, "cat/2.png"));
    throws(() => findOwnLayout(folder), /^BadInput: Cannot read .*2\.png: No/);
    Deno.removeSync(join(folder, "cat/2.png"));
    const pipe = join(folder, "cat/3.png");
    await new Deno.Command("mkfifo", { args: [pipe] }).output();
    throws(
      () => findOwnLayout(folder),
      /cat\/3\.png: it is not a regular file/,
    );
  }));
