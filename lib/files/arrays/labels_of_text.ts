import { BadInput } from "../../bad_input.ts";
import { BadSetting } from "../../setting_rules.ts";
import { booleansIn } from "./boolean_texts.ts";
import type { LabelOptions } from "./label_options.ts";
import { quoted } from "../quoted.ts";

/** Largest number of names in a message. */
const MOST_SHOWN = 5;

/**
 * The numbers that labels of text stand for: the indices of their names or, without
 * names, whole numbers or booleans as they are written.
 *
 * @param doing start of messages
 * @throws {BadInput} for a label that has no name
 */
export function labelsOfText(
  texts: readonly string[],
  doing: string,
  { classNames, offers }: Pick<LabelOptions, "classNames" | "offers">,
): ArrayLike<number> {
  const trimmed = texts.map((text) => text.trim());
  if (classNames !== undefined) {
    const indices = new Map(classNames.map((name, k) => [name, k]));
    return trimmed.map((text, i) => {
      const index = indices.get(text);
      if (index !== undefined) return index;
      throw new BadInput(
        `${doing}: row ${i} (from 0) is ${quoted(text)} but must be ` +
          `the name of a class: ${listed(classNames)}`,
      );
    });
  }
  const odd = trimmed.findIndex((text) => !isWhole(text));
  if (odd < 0) return trimmed.map(Number);
  const booleans = booleansIn(texts);
  if (booleans !== undefined) return booleans;
  const areMostlyWhole = 2 * trimmed.filter(isWhole).length > trimmed.length;
  const found = areMostlyWhole
    ? `row ${odd} (from 0) is ${quoted(trimmed[odd])}`
    : `they are text (${listed([...new Set(trimmed)].sort())})`;
  const fault = `${doing}: ${found} but must be ` +
    (areMostlyWhole ? "a whole number" : "whole numbers");
  if (!offers?.includes("classNames")) throw new BadInput(fault);
  throw new BadSetting((nameOf) =>
    `${fault}, unless ${nameOf("classNames")} names the classes in the order ` +
    "of the columns"
  );
}

/** Whether a text is a whole number, also as a float such as `3.0`. */
function isWhole(text: string): boolean {
  return /^[-+]?\d+(\.0*)?$/.test(text);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_SHOWN).map((name) => quoted(name));
  const more = names.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
