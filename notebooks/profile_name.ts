import { BadInput } from "../lib/bad_input.ts";
import { PROFILES, REGIME_STUDIES } from "../lib/study/mod.ts";
import { SYNTHETIC_STUDIES } from "../lib/synthetic/mod.ts";

/**
 * Returns the name of a profile, `quick` if none is given.
 *
 * @throws {BadInput} if there is no such profile
 */
export function profileName(text: string | undefined): string {
  if (text === undefined || text === "") return "quick";
  const names = new Set(
    [PROFILES, REGIME_STUDIES, SYNTHETIC_STUDIES].flatMap(Object.keys),
  );
  if (names.has(text)) return text;
  const error = new BadInput(
    `ILS_PROFILE must be one of ${[...names].join(", ")}: ` +
      `current value is ${text}`,
  );
  // A notebook prints the stack, which says nothing here.
  error.stack = `${error.name}: ${error.message}`;
  throw error;
}
