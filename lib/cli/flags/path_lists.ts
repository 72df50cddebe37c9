import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { parseArrayPath } from "../../files/array_path.ts";
import { isSpecialFile } from "../../files/read_special_file.ts";
import { type FlagKind, path } from "./flags.ts";

/** A path with an optional name: `resnet=a.npy`. */
export interface NamedPath {
  readonly name: string | undefined;
  readonly path: string;
}

/**
 * Paths separated by commas; the flag may also be given several times. A comma
 * within the name of an existing file or folder does not separate.
 */
export function paths(
  placeholder: string,
  help: string,
): FlagKind<readonly string[]> {
  const kind = path(placeholder, help);
  return {
    ...kind,
    parse: (text, flag) =>
      splitPaths(text, (part) => exists(part, flag))
        .map((part) => kind.parse(part, flag)),
    repeats: true,
  };
}

/**
 * Paths as those of `paths()`, each of which may have a name: `resnet=a.npy`.
 * Names contain no `/`; a file whose own name contains `=` needs none.
 */
export function namedPaths(
  placeholder: string,
  help: string,
): FlagKind<readonly NamedPath[]> {
  const kind = path(placeholder, help);
  return {
    ...kind,
    parse: (text, flag) =>
      splitPaths(
        text,
        (part) => exists(part, flag) || exists(splitName(part).path, flag),
      ).map((part) => namedPath(part, flag)),
    repeats: true,
  };
}

/** A set of files with a name: `shifted=c.npz,labels.npy`. */
export interface NamedPaths {
  readonly name: string;
  readonly paths: readonly string[];
}

/** A named list of paths; the flag may be given several times. */
export function namedPathLists(
  placeholder: string,
  help: string,
): FlagKind<readonly NamedPaths[]> {
  const kind = paths(placeholder, help);
  return {
    ...kind,
    parse(text, flag) {
      const { name, path: list } = splitName(text);
      if (name !== undefined) return [{ name, paths: kind.parse(list, flag) }];
      throw new BadInput(
        `${flag} must be ${placeholder}: current value is ${text || '""'}`,
      );
    },
    repeats: true,
  };
}

/**
 * Splits a text at its commas, except within the longest parts that exist.
 *
 * @param exists whether there is such a file
 */
export function splitPaths(
  text: string,
  exists: (path: string) => boolean,
): string[] {
  const pieces = text.split(",");
  const parts: string[] = [];
  for (let start = 0; start < pieces.length;) {
    let end = pieces.length;
    while (
      end > start + 1 && !exists(pieces.slice(start, end).join(","))
    ) end--;
    parts.push(pieces.slice(start, end).join(","));
    start = end;
  }
  return parts;
}

function namedPath(text: string, flag: string): NamedPath {
  const { name, path: rest } = exists(text, flag)
    ? { name: undefined, path: text }
    : splitName(text);
  return { name, path: PATH.parse(rest, flag) };
}

/** Splits `name=path`; the name is undefined if there is none. */
function splitName(text: string): NamedPath {
  const found = /^([^=/\\]+)=(.*)$/s.exec(text);
  return found === null
    ? { name: undefined, path: text }
    : { name: found[1], path: found[2] };
}

const PATH = path("", "");

/** Whether there is a file at a path, from which a key may be read. */
function exists(text: string, flag: string): boolean {
  if (text === "") return false;
  const found = PATH.parse(text, flag);
  // Deno does not look into /dev with the permissions of a task.
  if (isSpecialFile(resolve(found))) return true;
  if (existsSync(found)) return true;
  const { file, key } = parseArrayPath(found);
  return existsSync(file) && !listsFiles(key, flag);
}

/** Whether a file follows in a key, as in `a.npz:z,b.npz:z`. */
function listsFiles(key: string | undefined, flag: string): boolean {
  const [, ...pieces] = key?.split(",") ?? [];
  return pieces.some((_, i) => {
    const rest = pieces.slice(i).join(",");
    return exists(rest, flag) || exists(splitName(rest).path, flag);
  });
}
