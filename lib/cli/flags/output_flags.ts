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
 * A file to be written in an existing folder. A file that cannot be written is
 * refused before any work is done. A link is replaced by its target.
 *
 * @param ending required ending of the name; any name by default
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
      const path = kind.parse(text, flag);
      const found = kindAt(path, flag);
      if (found === "nothing" && isLink(path)) {
        throw new BadInput(
          `${flag} must name a file: ${path} is a broken link`,
        );
      }
      if (found === "folder" || found === "device") {
        throw new BadInput(`${flag} must name a file: ${path} is a ${found}`);
      }
      if (!path.endsWith(ending)) {
        throw new BadInput(
          `${flag} must name a file that ends in ${ending}: ` +
            `current value is ${path}`,
        );
      }
      const file = isLink(path) ? Deno.realPathSync(path) : path;
      const folder = dirname(file);
      if (kindAt(folder, flag) !== "folder") {
        throw new BadInput(
          `${flag} must be in an existing folder: current value is ${path}`,
        );
      }
      checkWritable(folder, flag);
      return file;
    },
  };
}

/** Throws `BadInput` if an output would overwrite an input. */
export function checkNotInput(
  flag: string,
  out: string,
  inputs: readonly (string | undefined)[],
): void {
  const same = inputs.find((path) =>
    path && isSameFile(parseArrayPath(path).file, out, flag)
  );
  if (same === undefined) return;
  throw new BadInput(`${flag} must not overwrite the input ${same}`);
}

/**
 * Throws `BadInput` if an output would be in the folder of the user's own data:
 * it might be read as an image, and would change the data's identity.
 *
 * @param folder folder of that data; `undefined` for a data set with a name
 */
export function checkOutside(
  flag: string,
  out: string,
  folder: string | undefined,
): void {
  if (folder === undefined) return;
  let nearest = resolve(out);
  while (kindAt(nearest, flag) === "nothing") nearest = dirname(nearest);
  const inside = relative(
    Deno.realPathSync(folder),
    Deno.realPathSync(nearest),
  );
  if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    return;
  }
  throw new BadInput(
    `${flag} must be outside the data folder ${folder}: ` +
      `current value is ${out}`,
  );
}

/**
 * Throws `BadInput` if two outputs are the same file.
 *
 * @param outputs paths by flag; `undefined` for a flag that is not given
 */
export function checkDistinct(
  outputs: Readonly<Record<string, string | undefined>>,
): void {
  const entries = Object.entries(outputs);
  entries.forEach(([flag, path], i) => {
    const before = entries.slice(0, i).find(([, other]) =>
      path && other && isSameFile(path, other, flag)
    );
    if (before === undefined) return;
    throw new BadInput(
      `${before[0]} and ${flag} must name different files: both are ${path}`,
    );
  });
}

/** Tests whether two paths lead to the same file, existing or not. */
function isSameFile(one: string, other: string, flag: string): boolean {
  const real = (path: string): string => {
    // A pipe is not a file that could be overwritten.
    if (isSpecialFile(resolve(path))) return resolve(path);
    if (kindAt(path, flag) !== "nothing") return Deno.realPathSync(path);
    const folder = dirname(path);
    // A file that does not exist yet may be in a linked folder.
    return kindAt(folder, flag) === "nothing"
      ? resolve(path)
      : join(Deno.realPathSync(folder), basename(path));
  };
  return real(one) === real(other);
}

/** A folder to be written to; it is created if missing. */
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
        throw new BadInput(
          `${flag} must name a folder: ${nearest} is not a folder`,
        );
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
    throw notWritable(path, flag, error);
  }
}

function isLink(path: string): boolean {
  try {
    return Deno.lstatSync(path).isSymlink;
  } catch {
    return false;
  }
}

/**
 * Throws `BadInput` if no file can be created in a folder. Files are written
 * under a temporary name first, so the folder's permissions decide.
 */
function checkWritable(folder: string, flag: string): void {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw notWritable(folder, flag, error);
  }
}

function notWritable(path: string, flag: string, error: unknown): BadInput {
  const reason = error instanceof Deno.errors.NotCapable
    ? "tasks have no permission to write there"
    : (error as Error).message.split(/[,:]/)[0];
  return new BadInput(`${flag} cannot be written to ${path}: ${reason}`);
}
