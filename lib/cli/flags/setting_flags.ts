/** Flags that derive from the rules of settings. */
import {
  BadSetting,
  checkSetting,
  completeSettings,
  type SettingRule,
  type SettingRules,
  type SettingValue,
  type SettingValues,
} from "../../setting_rules.ts";
import {
  byDefault,
  choice,
  type Flag,
  type FlagKind,
  flagName,
  number,
  numbers,
  optional,
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

/** Flags of settings by their keys among the flags of a command. */
type SettingFlags<Rules> = {
  readonly [Key in keyof Rules as FlagKey<Key>]: Flag<FlagValue<Rules[Key]>>;
};

/** What a flag holds: `undefined` too where it has no fallback. */
type FlagValue<Rule> =
  | Exclude<SettingValue<Rule>, null>
  | (Rule extends WithFallback ? never : undefined);

/** Rules whose flag has a fallback: one default, whatever other flags hold. */
interface WithFallback {
  readonly default: NonNullable<unknown>;
  readonly onlyWith?: never;
}

/**
 * The flags of settings. One that may be null is switched off by 0 where it has
 * a default, and by leaving it out where it has none.
 */
export function settingFlags<Rules extends SettingRules>(
  rules: Rules,
): SettingFlags<Rules> {
  const flags = Object.entries<SettingRule>(rules)
    .map(([key, rule]) => [flagKey(key), settingFlag(rule)]);
  return Object.fromEntries(flags);
}

function settingFlag(rule: SettingRule): Flag<unknown> {
  const fallback = rule.default;
  if (fallback === undefined || fallback === null) {
    return optional(settingKind(rule));
  }
  if (rule.onlyWith) {
    return optional(
      settingKind(rule, `${rule.help} (default: ${fallback})`),
    );
  }
  if (rule.nullable && rule.type === "whole") {
    return byDefault(fallback, whole(0, `${rule.help}, 0: off`));
  }
  return byDefault(fallback, settingKind(rule) as FlagKind<unknown>);
}

/**
 * The settings that the flags of a command give, with defaults for the others.
 *
 * @throws {BadSetting} for a setting that is given and not used
 */
export function settingsOf<Rules extends SettingRules>(
  rules: Rules,
  values: object,
): SettingValues<Rules> {
  const all = values as Readonly<Record<string, unknown>>;
  const given = Object.entries<SettingRule>(rules).map(([key, rule]) => {
    const value = all[flagKey(key)];
    const off = rule.nullable && rule.default !== null && value === 0;
    return [key, off ? null : value];
  });
  return completeSettings(rules, Object.fromEntries(given));
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
