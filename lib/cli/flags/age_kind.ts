import { BadInput } from "../../bad_input.ts";
import type { FlagKind } from "./flags.ts";

const SECONDS = { h: 3600, d: 86_400, w: 7 * 86_400 } as const;

/** An age, such as `12h`, `30d` or `8w`, in seconds. */
export function ageKind(help: string): FlagKind<number> {
  return {
    placeholder: "AGE",
    help,
    parse(text, flag) {
      const found = /^(\d+(?:\.\d+)?)([hdw])$/.exec(text);
      if (found) return Number(found[1]) * SECONDS[found[2] as "h" | "d" | "w"];
      throw new BadInput(
        `${flag} must be a number of hours, days or weeks, such as 12h, 30d ` +
          `or 8w: current value is ${text || '""'}`,
      );
    },
  };
}
