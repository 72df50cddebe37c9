import { readFileSync, statSync } from "node:fs";
import { BadInput } from "../../bad_input.ts";
import { type FlagKind, path } from "../flags/flags.ts";

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
  const file = text === "" ? text : path("", "").parse(text, flag);
  const isFile = file !== "" &&
    statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  const names = isFile
    ? readFileSync(file, "utf8").split(/\r?\n/)
    : text.split(",");
  return names.map((name) => name.trim()).filter((name) => name !== "");
}
