import {
  MODEL_ALIASES,
  MODEL_NAMES,
  type ModelName,
} from "../../models/model_name.ts";
import { choice, type FlagKind } from "./flags.ts";

/** An architecture, by its name or an alias. */
export function modelKind(help: string): FlagKind<ModelName> {
  const kind = choice(MODEL_NAMES, { placeholder: "NAME", help });
  const aliases = Object.entries(MODEL_ALIASES);
  return {
    ...kind,
    help: `${kind.help}; ${
      aliases.map(([alias, name]) => `${alias} means ${name}`).join(", ")
    }`,
    parse: (text, flag) =>
      kind.parse(
        Object.hasOwn(MODEL_ALIASES, text) ? MODEL_ALIASES[text] : text,
        flag,
      ),
  };
}
