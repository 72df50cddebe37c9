import { BadSetting } from "../setting_rules.ts";
import { methodForms, type MethodName } from "./method.ts";
import { METHOD_NUMBERS, type MethodNumbers } from "./method_numbers.ts";

/**
 * The form of a method, one of its sets of settings, that has the given settings.
 *
 * @param settings by key; `undefined` means no value
 * @param defaults decide if `settings` has nothing that belongs to one form only;
 * the first form is preferred
 * @throws {BadSetting} if settings belong to different forms, or none decides
 */
export function methodForm(
  name: MethodName,
  settings: MethodNumbers,
  defaults: MethodNumbers = {},
): MethodNumbers {
  const forms = methodForms(name);
  if (forms.length === 1) return forms[0];
  const given = givenForms(name, settings);
  if (given.length > 1) {
    const clash = given.map((form) => ownKeys(form, forms).find(has(settings)));
    throw new BadSetting((nameOf) =>
      `Method ${name} takes ${choiceOf(forms, nameOf)}: ` +
      `${clash.map((key) => nameOf(key!)).join(" and ")} exclude each other`
    );
  }
  const [form] = [...given, ...givenForms(name, defaults)];
  if (form !== undefined) return form;
  throw new BadSetting((nameOf) =>
    `Method ${name} needs ${choiceOf(forms, nameOf)}`
  );
}

/** The forms of a method that are the only ones with some of the settings. */
export function givenForms(
  name: MethodName,
  settings: object,
): readonly MethodNumbers[] {
  const forms = methodForms(name);
  return forms.filter((form) => ownKeys(form, forms).some(has(settings)));
}

/** The keys that no other form has. */
function ownKeys(
  form: MethodNumbers,
  forms: readonly MethodNumbers[],
): string[] {
  const others = forms.filter((other) => other !== form);
  return Object.keys(form).filter((key) =>
    others.every((other) => !Object.hasOwn(other, key))
  );
}

function has(settings: object): (key: string) => boolean {
  const values = settings as Readonly<Record<string, unknown>>;
  return (key) => values[key] !== undefined;
}

/** Lists what each form requires: "epsilon, or p1 and p2". */
function choiceOf(
  forms: readonly MethodNumbers[],
  nameOf: (key: string) => string,
): string {
  return forms.map((form) =>
    ownKeys(form, forms)
      .filter((key) => !("default" in METHOD_NUMBERS[key as NumberName]))
      .map(nameOf).join(" and ")
  ).join(", or ");
}

type NumberName = keyof typeof METHOD_NUMBERS;
