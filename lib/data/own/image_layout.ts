import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import {
  checkNoImages,
  classImages,
  emptyClass,
  isArchiveName,
} from "./class_images.ts";
import type { Entries } from "./entries.ts";
import { findParts, type Parts } from "./parts.ts";

/** An image file and the index of its class. */
export interface LabelledFile {
  readonly path: string;
  readonly label: number;
}

/** Images in class folders, with or without test images. */
export interface ImageLayout {
  readonly kind: "images";
  readonly classNames: readonly string[];
  readonly train: readonly LabelledFile[];
  readonly test: readonly LabelledFile[] | undefined;
  /** What a user may not expect, one line each. */
  readonly notes: readonly string[];
}

/** Largest number of names in a message. */
const MOST_SHOWN = 5;

type EntriesOf = (folder: string) => Entries;

/**
 * Finds the images in a folder: one folder per class, in parts for training,
 * validation and test or in the folder itself.
 *
 * @throws {BadInput} naming the folder or file that does not fit
 */
export function findImages(folder: string, entriesOf: EntriesOf): ImageLayout {
  const { files, folders } = entriesOf(folder);
  if (folders.length === 0) {
    const archive = files.find(isArchiveName);
    throw new BadInput(
      `Cannot use ${folder} as a data set: ` +
        (archive === undefined
          ? `it must contain X.npy and y.npy, or a folder of images for each ` +
            `class, itself or in its folder train`
          : `unpack ${archive} first`),
    );
  }
  const parts = findParts(folder, folders, entriesOf);
  if (parts === undefined) checkNoImages(folder, files);
  const trainFolder = join(folder, parts?.train ?? "");
  const classNames = entriesOf(trainFolder).folders;
  checkCount(trainFolder, classNames, entriesOf);
  const read = (part: string) =>
    readPart({ folder: join(folder, part), part, classNames, entriesOf });
  const train = read(parts?.train ?? "");
  if (train.lacking.length > 0) {
    throw emptyClass(join(folder, train.lacking[0]));
  }
  const [validation, testPart] = [parts?.validation, parts?.test]
    .map((part) => part === undefined ? undefined : read(part));
  const test = testPart ?? validation;
  const joined = test === validation ? undefined : validation;
  const contents = [train, joined, test].filter((part) => part !== undefined);
  return {
    kind: "images",
    classNames,
    train: [...train.images, ...joined?.images ?? []],
    test: test?.images,
    notes: [...partNotes(parts), ...contentNotes(contents)],
  };
}

function partNotes({ train, validation, test }: Parts = {}): string[] {
  if (validation === undefined) return [];
  return [
    test === undefined
      ? `${validation} is the test part, as there is no folder test`
      : `The images of ${validation} join those of ${train}, of which ` +
        `validation images are drawn`,
  ];
}

function checkCount(
  folder: string,
  classNames: readonly string[],
  entriesOf: EntriesOf,
): void {
  if (classNames.length >= 2) return;
  const [only] = classNames;
  const inner = join(folder, only);
  const isWrapper = entriesOf(inner).folders.length > 0;
  throw new BadInput(
    `Cannot use ${folder} as a data set: there must be 2 or more classes, but ` +
      `its only folder is ${only}` + (isWrapper ? `; use ${inner}` : ""),
  );
}

/** The content of the folder of a part. */
interface PartContent {
  readonly images: readonly LabelledFile[];
  /** Paths of files that are not images. */
  readonly others: readonly string[];
  /** Folders of classes without images, with the name of the part. */
  readonly lacking: readonly string[];
}

/** Reads the folder of a part in the order of classes and names. */
function readPart(
  { folder, part, classNames, entriesOf }: {
    readonly folder: string;
    readonly part: string;
    readonly classNames: readonly string[];
    readonly entriesOf: EntriesOf;
  },
): PartContent {
  const { files, folders } = entriesOf(folder);
  checkNoImages(folder, files);
  const unknown = folders.find((name) => !classNames.includes(name));
  if (unknown !== undefined) {
    throw new BadInput(
      `Cannot use ${join(folder, unknown)}: the training part has no class ` +
        `${unknown}; its classes are ${listed(classNames)}`,
    );
  }
  const classes = classNames.map((name) =>
    folders.includes(name)
      ? classImages(join(folder, name), entriesOf(join(folder, name)))
      : { images: [], others: [] }
  );
  const images = classes.flatMap(({ images }, label) =>
    images.map((path) => ({ path, label }))
  );
  if (images.length === 0) {
    throw new BadInput(
      `Cannot use ${folder}: it contains no PNG or JPEG files`,
    );
  }
  return {
    images,
    others: classes.flatMap(({ others }) => others),
    lacking: classNames.filter((_, label) => classes[label].images.length === 0)
      .map((name) => join(part, name)),
  };
}

function contentNotes(parts: readonly PartContent[]): string[] {
  const lacking = parts.flatMap(({ lacking }) => lacking);
  const others = parts.flatMap(({ others }) => others);
  return [
    ...lacking.length === 0 ? [] : [`No images of ${listed(lacking)}`],
    ...others.length === 0
      ? []
      : [`Ignored as not PNG or JPEG: ${listed(others)}`],
  ];
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_SHOWN;
  return names.slice(0, MOST_SHOWN).join(", ") +
    (more > 0 ? ` and ${more} more` : "");
}
