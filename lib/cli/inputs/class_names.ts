import { readFileSync, statSync } from "node:fs";
import { BadInput } from "../../bad_input.ts";
import {
  isSpecialFile,
  readSpecialFile,
} from "../../files/read_special_file.ts";
import { type FlagKind, path } from "../flags/flags.ts";

/** Largest number of bytes that are read of a pipe, 16 MiB. */
const MOST_BYTES = 2 ** 24;

/** Names of classes, or a file with one per line. */
export const classNamesKind: FlagKind<readonly string[]> = {
  placeholder: "A,B",
  help: "names of the classes in the order of the columns, for labels that " +
    "are text; or a file with a name per line",
  parse(text, flag) {
    const names = namesIn(text, flag);
    const twice = names.find((name, k) => names.indexOf(name) < k);
    if (twice !== undefined) {
      throw new BadInput(`${flag} must not repeat a name: ${twice} is twice`);
    }
    if (names.length > 1) return names;
    throw new BadInput(
      `${flag} must name at least 2 classes: current value is ${text || '""'}`,
    );
  },
};

function namesIn(text: string, flag: string): readonly string[] {
  const file = text === "" ? undefined : path("", "").parse(text, flag);
  const names = (file && contentOf(file))?.split(/\r?\n/) ?? text.split(",");
  return names.map((name) => name.trim()).filter((name) => name !== "");
}

/** The text of a file; undefined if there is none. */
function contentOf(file: string): string | undefined {
  if (isSpecialFile(file)) {
    const bytes = readSpecialFile(file, { most: MOST_BYTES });
    return new TextDecoder().decode(bytes);
  }
  const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile ? readFileSync(file, "utf8") : undefined;
}
