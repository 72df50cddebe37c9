/** Flags that derive from the rules of settings. */
import {
  BadSetting,
  checkSetting,
  type SettingRule,
  type SettingValue,
} from "../../setting_rules.ts";
import {
  choice,
  type FlagKind,
  flagName,
  number,
  numbers,
  whole,
} from "./flags.ts";

/** Settings whose flags have the published study's names. */
const FLAG_KEYS = {
  learningRate: "lr",
  patience: "estop",
  trainFraction: "trSize",
} as const;

/** The key of a setting's flag among the flags of a command. */
export type FlagKey<Key> = Key extends keyof typeof FLAG_KEYS
  ? typeof FLAG_KEYS[Key]
  : Key;

/** The key of a setting's flag among the flags of a command. */
export function flagKey(key: string): string {
  return Object.hasOwn(FLAG_KEYS, key)
    ? FLAG_KEYS[key as keyof typeof FLAG_KEYS]
    : key;
}

/** The message of an error, with flags in place of the keys of settings. */
export function messageWithFlags(error: Error): string {
  return error instanceof BadSetting
    ? error.withNames((key) => flagName(flagKey(key)))
    : error.message;
}

/**
 * How the text of a flag becomes the value of a setting.
 *
 * @param help the rule's unless given
 */
export function settingKind<const Rule extends SettingRule>(
  rule: Rule,
  help: string = rule.help,
): FlagKind<Exclude<SettingValue<Rule>, null>> {
  const kind = kindOf(rule, help) as FlagKind<
    Exclude<SettingValue<Rule>, null>
  >;
  return {
    ...kind,
    placeholder: rule.placeholder ?? kind.placeholder,
    parse(text, flag) {
      const value = kind.parse(text, flag);
      checkSetting(flag, value, rule);
      return value;
    },
  };
}

function kindOf(rule: SettingRule, help: string): FlagKind<unknown> {
  switch (rule.type) {
    case "number":
      return number(rule.range, help);
    case "whole":
      return whole(rule.least, help);
    case "rising":
      return numbers(rule.range, help);
    case "choice": {
      const words = rule.choices.map(String);
      const kind = choice(words, { placeholder: "W", help });
      return {
        ...kind,
        parse: (text, flag) =>
          rule.choices[words.indexOf(kind.parse(text, flag))],
      };
    }
  }
}
