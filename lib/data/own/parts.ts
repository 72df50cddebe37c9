import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import type { Entries } from "./entries.ts";

/** A part of a data set that has a folder. */
export type Part = "train" | "validation" | "test";

const NAMES: Readonly<Record<Part, RegExp>> = {
  train: /^train(ing)?([ _-]?set)?$/i,
  validation: /^val(id|idation)?([ _-]?set)?$/i,
  test: /^test(ing)?([ _-]?set)?$/i,
};

/** Names of folders by part. */
export type Parts = Readonly<Partial<Record<Part, string>>>;

/**
 * The folders of the parts, undefined if the folders are classes: then none with the
 * name of a part contains folders, so `train` may be a class next to `bus`.
 *
 * @throws {BadInput} if parts lack classes, or another folder is next to them
 */
export function findParts(
  folder: string,
  folders: readonly string[],
  entriesOf: (folder: string) => Entries,
): Parts | undefined {
  const fail = (reason: string): never => {
    throw new BadInput(`Cannot use ${folder} as a data set: ${reason}`);
  };
  const isPart = (name: string) => partOf(name) !== undefined;
  const inParts = folders.filter(isPart)
    .some((name) => entriesOf(join(folder, name)).folders.length > 0);
  const other = folders.find((name) => !isPart(name));
  if (!inParts && other !== undefined) return undefined;
  const parts: Partial<Record<Part, string>> = {};
  for (const name of folders) {
    const part = partOf(name) ?? fail(
      `next to ${folders.find(isPart)} only folders for training, validation ` +
        `and test are allowed, but there is ${name}`,
    );
    const twin = parts[part];
    if (twin !== undefined) fail(`it contains both ${twin} and ${name}`);
    parts[part] = name;
  }
  if (parts.train === undefined) {
    fail(`it contains ${folders.join(" and ")} but no folder train`);
  }
  for (const name of folders) checkClasses(join(folder, name), entriesOf);
  return parts;
}

function partOf(name: string): Part | undefined {
  return (Object.keys(NAMES) as Part[]).find((part) => NAMES[part].test(name));
}

function checkClasses(
  folder: string,
  entriesOf: (folder: string) => Entries,
): void {
  const { files, folders } = entriesOf(folder);
  if (folders.length > 0) return;
  throw new BadInput(
    `Cannot use ${folder}: ` +
      (files.length === 0
        ? "it is empty"
        : `its images must be in one folder per class, but there is no ` +
          `folder; without labels they cannot be used`),
  );
}
