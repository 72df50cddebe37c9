import { BadInput } from "../bad_input.ts";
import { FASHION_PROFILES } from "./fashion_profiles.ts";
import { PAPER_PROFILES, STANDARD_CIFAR10 } from "./paper_profiles.ts";
import type { Profile } from "./profile.ts";

/** The profiles by name. */
export const PROFILES: Readonly<Record<string, Profile>> = Object.fromEntries(
  [...FASHION_PROFILES, STANDARD_CIFAR10, ...PAPER_PROFILES]
    .map((profile) => [profile.name, profile]),
);

/**
 * Returns the profile of a name.
 *
 * @throws {BadInput} if no profile has that name
 */
export function profileNamed(name: string): Profile {
  if (Object.hasOwn(PROFILES, name)) return PROFILES[name];
  throw new BadInput(
    `Profile must be one of ${Object.keys(PROFILES).join(", ")}: ` +
      `current value is ${name}`,
  );
}
