import { parsePublished } from "../../calibration/explain/published_number.ts";
import type { FlagKind } from "./flags.ts";

/** A number as it is printed elsewhere; its digits say how precise it is. */
export function publishedKind(help: string): FlagKind<string> {
  return {
    placeholder: "X",
    help,
    parse: (text, flag) => parsePublished(text, flag).text,
  };
}
