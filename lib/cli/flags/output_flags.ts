import { accessSync, constants } from "node:fs";
import {
  basename,
  dirname,
  isAbsolute,
  join,
  relative,
  resolve,
  sep,
} from "node:path";
import { BadInput } from "../../bad_input.ts";
import { parseArrayPath } from "../../files/array_path.ts";
import { isMissing } from "../../files/folders.ts";
import { isSpecialFile } from "../../files/read_special_file.ts";
import { type FlagKind, path } from "./flags.ts";

/**
 * A file that is going to be written, whose folder is there: what could not be
 * written is refused before any work is done. A link stands for its target.
 *
 * @param ending what its name must end with; anything unless given
 */
export function outputFile(
  placeholder: string,
  help: string,
  ending = "",
): FlagKind<string> {
  const kind = path(placeholder, help);
  return {
    ...kind,
    parse(text, flag) {
      const given = kind.parse(text, flag);
      if (!given.endsWith(ending)) {
        throw new BadInput(
          `${flag} must name a file that ends in ${ending}: ` +
            `current value is ${given}`,
        );
      }
      const found = kindAt(given, flag);
      if (found === "nothing" && isLink(given)) {
        throw new BadInput(
          `${flag} must name a file: ${given} is a link to nothing`,
        );
      }
      if (found === "folder" || found === "device") {
        throw new BadInput(`${flag} must name a file: ${given} is a ${found}`);
      }
      const file = isLink(given) ? Deno.realPathSync(given) : given;
      const folder = dirname(file);
      if (kindAt(folder, flag) !== "folder") {
        throw new BadInput(
          `${flag} must lie in a folder that is there: ` +
            `current value is ${given}`,
        );
      }
      checkWritable(folder, flag);
      return file;
    },
  };
}

/** Throws `BadInput` if a file that is read would be written over. */
export function checkNotRead(
  flag: string,
  out: string,
  read: readonly (string | undefined)[],
): void {
  const same = read.find((path) =>
    path && isSame(parseArrayPath(path).file, out, flag)
  );
  if (same === undefined) return;
  throw new BadInput(`${flag} must name another file than ${same}, its input`);
}

/**
 * Throws `BadInput` if something would be written into a folder of one's own
 * data: it might stand for an image there, and would make it other data.
 *
 * @param folder where that data is; `undefined` for a data set with a name
 */
export function checkOutside(
  flag: string,
  out: string,
  folder: string | undefined,
): void {
  if (folder === undefined) return;
  let nearest = resolve(out);
  while (kindAt(nearest, flag) === "nothing") nearest = dirname(nearest);
  const way = relative(Deno.realPathSync(folder), Deno.realPathSync(nearest));
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    return;
  }
  throw new BadInput(
    `${flag} must lie outside of ${folder}, the data that is read: ` +
      `current value is ${out}`,
  );
}

/** Throws `BadInput` if two outputs, each given or not, are one file. */
export function checkApart(
  outputs: Readonly<Record<string, string | undefined>>,
): void {
  const given = Object.entries(outputs);
  given.forEach(([flag, path], i) => {
    const before = given.slice(0, i).find(([, other]) =>
      path && other && isSame(path, other, flag)
    );
    if (before === undefined) return;
    throw new BadInput(
      `${flag} must name another file than ${before[0]}: ` +
        `both are ${path}`,
    );
  });
}

/** Whether two paths lead to one file, there already or not. */
function isSame(one: string, other: string, flag: string): boolean {
  const real = (path: string): string => {
    // A pipe, which is no file that could be written over.
    if (isSpecialFile(resolve(path))) return resolve(path);
    if (kindAt(path, flag) !== "nothing") return Deno.realPathSync(path);
    const folder = dirname(path);
    // Also what is not there yet may lie in a linked folder.
    return kindAt(folder, flag) === "nothing"
      ? resolve(path)
      : join(Deno.realPathSync(folder), basename(path));
  };
  return real(one) === real(other);
}

/** A folder that is going to be written to, and made where it is missing. */
export function outputFolder(
  placeholder: string,
  help: string,
): FlagKind<string> {
  const kind = path(placeholder, help);
  return {
    ...kind,
    parse(text, flag) {
      const folder = kind.parse(text, flag);
      let nearest = folder;
      while (kindAt(nearest, flag) === "nothing") nearest = dirname(nearest);
      if (kindAt(nearest, flag) !== "folder") {
        throw new BadInput(`${flag} must name a folder: ${nearest} is none`);
      }
      checkWritable(nearest, flag);
      return folder;
    },
  };
}

function kindAt(
  path: string,
  flag: string,
): "folder" | "file" | "device" | "nothing" {
  try {
    const { isDirectory, isFile } = Deno.statSync(path);
    return isDirectory ? "folder" : isFile ? "file" : "device";
  } catch (error) {
    if (isMissing(error)) return "nothing";
    throw unusable(path, flag, error);
  }
}

function isLink(path: string): boolean {
  try {
    return Deno.lstatSync(path).isSymlink;
  } catch {
    return false;
  }
}

/** Files are written under another name first, so the folder decides. */
function checkWritable(folder: string, flag: string): void {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(folder, flag, error);
  }
}

function unusable(path: string, flag: string, error: unknown): BadInput {
  const reason = error instanceof Deno.errors.NotCapable
    ? "a task has no permission to write there"
    : (error as Error).message.split(/[,:]/)[0];
  return new BadInput(`${flag} cannot be written, ${path}: ${reason}`);
}
