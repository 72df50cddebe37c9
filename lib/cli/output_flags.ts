import { dirname } from "node:path";
import { BadInput } from "../bad_input.ts";
import { type FlagKind, path } from "./flags.ts";

/**
 * A file that is going to be written, whose folder is there: what could not be
 * written is refused before any work is done.
 */
export function outputFile(
  placeholder: string,
  help: string,
): FlagKind<string> {
  const kind = path(placeholder, help);
  return {
    ...kind,
    parse(text, flag) {
      const file = kind.parse(text, flag);
      if (kindAt(file) === "folder") {
        throw new BadInput(`${flag} must name a file: ${file} is a folder`);
      }
      if (kindAt(dirname(file)) === "folder") return file;
      throw new BadInput(
        `${flag} must lie in a folder that is there: current value is ${file}`,
      );
    },
  };
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
      while (kindAt(nearest) === "nothing") nearest = dirname(nearest);
      if (kindAt(nearest) === "folder") return folder;
      throw new BadInput(
        `${flag} must name a folder: ${nearest} is none`,
      );
    },
  };
}

function kindAt(path: string): "folder" | "other" | "nothing" {
  try {
    return Deno.statSync(path).isDirectory ? "folder" : "other";
  } catch (error) {
    // Below a file there is nothing either, by another error's name.
    if (error instanceof Deno.errors.NotFound) return "nothing";
    if (error instanceof Deno.errors.NotADirectory) return "nothing";
    throw error;
  }
}
