import { BadSetting } from "../../setting_rules.ts";
import { flagKey } from "./flag_key.ts";
import { flagName } from "./flag_name.ts";

/** Returns an error's message with flags in place of the keys of settings. */
export function messageWithFlags(error: Error): string {
  return error instanceof BadSetting
    ? error.withNames((key) => flagName(flagKey(key)))
    : error.message;
}
