/** Flags that derive from the rules of settings. */
import {
  checkSetting,
  completeSettings,
  type SettingRule,
  type SettingRules,
  type SettingValue,
  type SettingValues,
} from "../../setting_rules.ts";
import { type FlagKey, flagKey } from "./flag_key.ts";
import {
  choice,
  type Flag,
  type FlagKind,
  number,
  numbers,
  optional,
  whole,
  withDefault,
} from "./flags.ts";

/**
 * Returns how the text of a flag becomes the value of a setting.
 *
 * @param help help text, by default the rule's
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

/** Flags of settings, by key among the flags of a command. */
type SettingFlags<Rules> = {
  readonly [Key in keyof Rules as FlagKey<Key>]: Flag<FlagValue<Rules[Key]>>;
};

/** Value of a setting's flag; may be `undefined` if it has no fallback. */
type FlagValue<Rule> =
  | Exclude<SettingValue<Rule>, null>
  | (Rule extends WithFallback ? never : undefined);

/** A rule whose flag has a fallback: one default, whatever the other flags. */
interface WithFallback {
  readonly default: NonNullable<unknown>;
  readonly onlyWith?: never;
}

/**
 * Returns the flags of settings. A nullable setting is switched off by 0 if it
 * has a default, and by leaving the flag out otherwise.
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
    return withDefault(fallback, whole(0, `${rule.help}; 0 turns it off`));
  }
  return withDefault(fallback, settingKind(rule) as FlagKind<unknown>);
}

/**
 * Returns settings from the flags of a command, with defaults for the others.
 *
 * @throws {BadSetting} for a setting that is given but not used
 */
export function settingsOf<Rules extends SettingRules>(
  rules: Rules,
  values: object,
): SettingValues<Rules> {
  const all = values as Readonly<Record<string, unknown>>;
  const settings = Object.entries<SettingRule>(rules).map(([key, rule]) => {
    const value = all[flagKey(key)];
    const off = rule.nullable && rule.default !== null && value === 0;
    return [key, off ? null : value];
  });
  return completeSettings(rules, Object.fromEntries(settings));
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
      const texts = rule.choices.map(String);
      const kind = choice(texts, { placeholder: "W", help });
      return {
        ...kind,
        parse: (text, flag) =>
          rule.choices[texts.indexOf(kind.parse(text, flag))],
      };
    }
  }
}
