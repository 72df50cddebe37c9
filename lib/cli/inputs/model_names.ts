import { basename, dirname, join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { ARRAY_ENDINGS, parseArrayPath } from "../../files/array_path.ts";
import type { NamedPath } from "../flags/path_lists.ts";

/**
 * Names of models: the given ones, or the shortest part of the path that tells them
 * apart: the file's name without its ending, the key in it, or folders too.
 *
 * @param flag for messages
 * @throws {BadInput} if two models have the same name
 */
export function modelNames(
  files: readonly NamedPath[],
  flag: string,
): string[] {
  const ways = [stem, stemAndKey, folderAndStem, fullPath];
  const named = ways.map((way) =>
    files.map(({ name, path }) => name ?? way(path))
  );
  const found = named.find((names) => new Set(names).size === names.length);
  if (found !== undefined) return found;
  const [names] = named.slice(-1);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  throw new BadInput(`${flag} must name each model once: ${twice} is twice`);
}

/** Endings of files of arrays. */
const ENDING = new RegExp(`\\.(?:${ARRAY_ENDINGS.join("|")})$`, "i");

/** The name of a file without its ending. */
export function stem(path: string): string {
  return basename(parseArrayPath(path).file).replace(ENDING, "");
}

function stemAndKey(path: string): string {
  const { key } = parseArrayPath(path);
  return key === undefined ? stem(path) : `${stem(path)}:${key}`;
}

function folderAndStem(path: string): string {
  const { file } = parseArrayPath(path);
  return join(basename(dirname(file)), stemAndKey(path));
}

function fullPath(path: string): string {
  return path;
}
