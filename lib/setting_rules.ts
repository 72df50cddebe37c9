/**
 * Rules of settings, the numbers and choices of a run. From the one rule of a setting
 * derive its type, check, flag, help text, search grid and title in tables.
 */
import { BadInput, checkRange, checkWhole } from "./bad_input.ts";

/** Limits of a number, as in `checkRange`. */
export type Range = Parameters<typeof checkRange>[2];

/** Fields of every rule. */
interface Wording {
  /** What the setting does: its line in help texts. */
  readonly help: string;
  /** Placeholder of the value in help texts: the E of `--epsilon E`. */
  readonly placeholder?: string;
  /** Name in tables and figures (its key). */
  readonly title?: string;
  /** Whether null is allowed; it turns the setting off. */
  readonly nullable?: true;
  /**
   * Whether a spec may lack the setting. Settings added later must be optional, so
   * that the ids of specs without them stay the same.
   */
  readonly optional?: true;
  /** Value of another setting that this one requires; otherwise it is not used. */
  readonly onlyWith?: {
    readonly key: string;
    readonly value: string;
    /** Value in a spec if the setting is not used. */
    readonly otherwise: number;
  };
}

/** A finite number. */
export interface NumberRule extends Wording {
  readonly type: "number";
  readonly range: Range;
  /** Default value. */
  readonly default?: number;
  /** Default grid of a search. */
  readonly grid?: readonly number[];
  /** Whether 0 means plain cross-entropy, whatever the other settings are. */
  readonly plainAtZero?: true;
}

/** A whole number. */
export interface WholeRule extends Wording {
  readonly type: "whole";
  readonly least: number;
  /** Largest value (no limit). */
  readonly most?: number;
  readonly default?: number | null;
}

/** A list of strictly increasing numbers. */
export interface RisingRule extends Wording {
  readonly type: "rising";
  /** Range of each number. */
  readonly range: Range;
  readonly default?: readonly number[];
}

/** One of a few words or numbers. */
export interface ChoiceRule extends Wording {
  readonly type: "choice";
  readonly choices: readonly (string | number)[];
  readonly default?: string | number;
}

/** The rule of one setting. */
export type SettingRule = NumberRule | WholeRule | RisingRule | ChoiceRule;

/** Rules by the keys of their settings. */
export type SettingRules = Readonly<Record<string, SettingRule>>;

/** Type of a setting's value, from its rule. */
export type SettingValue<Rule> =
  | (Rule extends { readonly choices: readonly (infer Choice)[] } ? Choice
    : Rule extends { readonly type: "rising" } ? readonly number[]
    : number)
  | (Rule extends { readonly nullable: true } ? null : never);

/** Type of an object with a value for each setting, from their rules. */
export type SettingValues<Rules> =
  & {
    readonly [Key in keyof Rules as IsOptional<Rules[Key], never, Key>]:
      SettingValue<Rules[Key]>;
  }
  & {
    readonly [Key in keyof Rules as IsOptional<Rules[Key], Key, never>]?:
      SettingValue<Rules[Key]>;
  };

type IsOptional<Rule, Yes, No> = Rule extends { readonly optional: true } ? Yes
  : No;

/**
 * Invalid input of a setting. `message` names settings by their keys; `withNames()`
 * returns the same text with other names, such as flags.
 */
export class BadSetting extends BadInput {
  constructor(
    /** The message, with keys written by `nameOf`. */
    readonly withNames: (nameOf: (key: string) => string) => string,
  ) {
    super(withNames((key) => key));
  }
}

/**
 * Throws unless a rule allows a value.
 *
 * @param name name of the setting in messages
 * @throws {BadInput} with the allowed values and the one found
 */
export function checkSetting(
  name: string,
  value: unknown,
  rule: SettingRule,
): void {
  if (value === null && rule.nullable) return;
  if (value === undefined && rule.optional) return;
  switch (rule.type) {
    case "number":
      return checkRange(name, numeric(value), rule.range);
    case "whole": {
      const { least, most = Infinity } = rule;
      checkWhole(name, numeric(value), least);
      return checkRange(name, numeric(value), { low: least, high: most });
    }
    case "rising":
      return checkRising(name, value, rule.range);
    case "choice":
      if (rule.choices.includes(value as string)) return;
      throw new BadInput(
        `${name} must be ${rule.choices.join(" or ")}: current value is ` +
          value,
      );
  }
}

/** A number unchanged; anything else as text, which is outside every range. */
function numeric(value: unknown): number {
  const text: unknown = JSON.stringify(value);
  return typeof value === "number" ? value : text as number;
}

function checkRising(name: string, values: unknown, range: Range): void {
  if (!Array.isArray(values)) {
    throw new BadInput(
      `${name} must be a list of numbers: current value is ${values}`,
    );
  }
  values.forEach((value, i) => {
    checkRange(name, numeric(value), range);
    if (i === 0 || value > values[i - 1]) return;
    throw new BadInput(
      `${name} must increase: current value is ${values.join(", ")}`,
    );
  });
}

/**
 * Throws unless an object has allowed values for all settings and no other keys.
 *
 * @param what name of the object in messages
 * @param others further keys that the object may have
 * @throws {BadInput} naming the key
 */
export function checkSettings(
  what: string,
  values: object,
  rules: SettingRules,
  others: readonly string[] = [],
): void {
  checkKnownKeys(what, values, [...others, ...Object.keys(rules)]);
  for (const [key, rule] of Object.entries(rules)) {
    checkSetting(key, (values as Readonly<Record<string, unknown>>)[key], rule);
  }
}

/**
 * Completes settings with the defaults of their rules, in the order of the rules.
 * Optional settings without a value are omitted.
 *
 * @param given values by key; `undefined` means no value
 * @throws {BadSetting} for the value of a setting that is not used
 */
export function completeSettings<Rules extends SettingRules>(
  rules: Rules,
  given: Readonly<Record<string, unknown>>,
): SettingValues<Rules> {
  const values: Record<string, unknown> = {};
  for (const [key, rule] of Object.entries<SettingRule>(rules)) {
    const value = usedValue(key, rule, { given, values });
    if (value !== undefined || !rule.optional) values[key] = value;
  }
  return values as SettingValues<Rules>;
}

/** The value or default of a setting; `values` are those of the settings before it. */
function usedValue(
  key: string,
  rule: SettingRule,
  { given, values }: Record<
    "given" | "values",
    Readonly<Record<string, unknown>>
  >,
): unknown {
  const value = given[key];
  const { onlyWith } = rule;
  if (onlyWith === undefined || values[onlyWith.key] === onlyWith.value) {
    return value === undefined ? rule.default : value;
  }
  if (value === undefined) return onlyWith.otherwise;
  throw new BadSetting((nameOf) =>
    `${nameOf(onlyWith.key)} ${values[onlyWith.key]} does not use ${
      nameOf(key)
    }`
  );
}

/**
 * Throws if an object has an unknown key.
 *
 * @throws {BadInput} naming the key
 */
export function checkKnownKeys(
  what: string,
  value: object,
  allowed: readonly string[],
): void {
  const unknown = Object.keys(value).find((key) => !allowed.includes(key));
  if (unknown === undefined) return;
  throw new BadInput(
    `${what} has an unknown key ${unknown}: allowed are ` +
      (allowed.join(", ") || "none"),
  );
}
