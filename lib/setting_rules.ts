/**
 * Rules of settings: the numbers and choices of a run. A setting has one rule,
 * and its type, its check, its flag, the line in a help text, the values that a
 * search tries and its title in tables derive from that rule.
 */
import { BadInput, checkRange, checkWhole } from "./bad_input.ts";

/** Limits of a number, as `checkRange` takes them. */
export type Range = Parameters<typeof checkRange>[2];

/** What every rule has. */
interface Wording {
  /** What the setting does; the line in a help text. */
  readonly help: string;
  /** What stands for the value in a help text: `--epsilon E`. */
  readonly placeholder?: string;
  /** Its name in tables and figures; its key unless given. */
  readonly title?: string;
  /** True where null is a value: the setting is off. */
  readonly nullable?: true;
  /**
   * True where a spec may lack it. A setting that is added later must be
   * optional: a spec without it has the same id as before.
   */
  readonly optional?: true;
  /** Another setting's value without which this one is not used. */
  readonly onlyWith?: {
    readonly key: string;
    readonly value: string;
    /** What a spec holds where it is not used. */
    readonly otherwise: number;
  };
}

/** A finite number. */
export interface NumberRule extends Wording {
  readonly type: "number";
  readonly range: Range;
  /** The value unless another one is given. */
  readonly default?: number;
  /** Values that a search tries unless others are given. */
  readonly grid?: readonly number[];
  /** True where 0 leaves the plain cross-entropy, whatever the others are. */
  readonly plainAtZero?: true;
}

/** A whole number. */
export interface WholeRule extends Wording {
  readonly type: "whole";
  readonly least: number;
  /** No limit unless given. */
  readonly most?: number;
  readonly default?: number | null;
}

/** Several numbers, each larger than the one before it. */
export interface RisingRule extends Wording {
  readonly type: "rising";
  /** Of each number. */
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

/** What a setting may hold by its rule. */
export type SettingValue<Rule> =
  | (Rule extends { readonly choices: readonly (infer Choice)[] } ? Choice
    : Rule extends { readonly type: "rising" } ? readonly number[]
    : number)
  | (Rule extends { readonly nullable: true } ? null : never);

/** Settings by their rules: an object with a value for each key. */
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
 * Input that is wrong in a setting. `message` names settings by their keys;
 * `withNames()` gives the same text for a reader who knows them by other names,
 * such as flags.
 */
export class BadSetting extends BadInput {
  constructor(
    /** The message, given how a key is to be written. */
    readonly withNames: (nameOf: (key: string) => string) => string,
  ) {
    super(withNames((key) => key));
  }
}

/**
 * Throws unless a value is allowed by a rule.
 *
 * @param name what the value is called in the message
 * @throws {BadInput} that says what is allowed and what was found
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

/** A number as it is; anything else as text, which is in no range. */
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
      `${name} must rise: current value is ${values.join(", ")}`,
    );
  });
}

/**
 * Throws unless an object has allowed values for all settings, and no other
 * keys.
 *
 * @param what the object's name in messages
 * @param others keys that the object may have besides
 * @throws {BadInput} that names the key
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
 * Settings with the rules' defaults in place of those that are not given, in
 * the order of the rules. An optional setting that is not given is left out.
 *
 * @param given values by key; `undefined` is not given
 * @throws {BadSetting} for a setting that is given and not used
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

/** @param values of the settings before this one */
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

/** @throws {BadInput} if an object has a key that is not allowed */
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
