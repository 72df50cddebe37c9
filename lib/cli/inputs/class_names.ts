import { readFileSync, statSync } from "node:fs";
import { BadInput } from "../../bad_input.ts";
import { utf16Of } from "../../files/arrays/delimited_records.ts";
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
    const isMissing = LIKE_A_PATH.test(text) && names[0] === text;
    throw new BadInput(
      `${flag} must name at least 2 classes` +
        (isMissing ? " or a file with a name per line" : "") +
        `: ${isMissing ? "there is no file" : "current value is"} ` +
        (text || '""'),
    );
  },
};

/** What looks like the path of a file rather than the name of a class. */
const LIKE_A_PATH = /[/\\]|\.\w{1,5}$/;

function namesIn(text: string, flag: string): readonly string[] {
  const file = text === "" ? undefined : path("", "").parse(text, flag);
  const bytes = file === undefined ? undefined : contentOf(file, flag);
  const names = bytes === undefined
    ? text.split(",")
    : namesInFile(bytes, `${flag} ${text}`);
  return names.map((name) => name.trim()).filter((name) => name !== "");
}

/** The content of a file; undefined if there is none. */
function contentOf(file: string, flag: string): Uint8Array | undefined {
  if (isSpecialFile(file)) return readSpecialFile(file, { most: MOST_BYTES });
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    throw new BadInput(
      `${flag} must be names or a file with a name per line: ${file} is a ` +
        "folder",
    );
  }
  return found?.isFile() ? readFileSync(file) : undefined;
}

/**
 * The lines of a file.
 *
 * @param what the flag and the file, for the message
 */
function namesInFile(bytes: Uint8Array, what: string): readonly string[] {
  const wrong = (found: string) =>
    new BadInput(
      `${what} must be text in UTF-8 with a name per line: it is ${found}`,
    );
  if (what.endsWith(".json")) throw wrong("JSON");
  let text: string;
  try {
    const encoding = utf16Of(bytes) ?? "utf-8";
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw wrong("something else");
  }
  if (text.includes("\0")) throw wrong("something else");
  return text.split(/\r\n|\r|\n/);
}
