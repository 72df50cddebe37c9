import { BadInput } from "../../bad_input.ts";
import { shown } from "../../files/quoted.ts";
import { bareNames, numbersIn } from "./bare_names.ts";

/** Names of classes, in the order of the columns that have them. */
export interface NamedClasses {
  readonly names: readonly string[];
  /** The file or the flag with the names, for messages. */
  readonly source: string;
}

/** An order of columns, with the remark on it. */
export interface ClassOrder {
  /** For each class the index of its column. */
  readonly order: readonly number[];
  readonly remark: string;
}

/** Largest number of names in a message. */
const MOST_SHOWN = 3;

/** Whether names tell classes apart, unlike numbers: `cat`, but not `logit_0`. */
export function areNames(names: readonly string[]): boolean {
  return numbersIn(bareNames(names)) === undefined;
}

/**
 * The order of columns in which their classes are those of `first`: by name, or by
 * number if the names are a numbered family, such as `p1` to `p10`. Numbers and names
 * are not compared.
 *
 * @param first undefined if no names are known yet
 * @returns undefined if the columns have this order
 * @throws {BadInput} if both name classes that the other lacks
 */
export function classOrder(
  found: NamedClasses,
  first: NamedClasses | undefined,
): ClassOrder | undefined {
  const { names, source } = found;
  const numbers = numbersIn(bareNames(names));
  if (numbers !== undefined) {
    return unlessSame(
      [...names.keys()].sort((a, b) => numbers[a] - numbers[b]),
      `${source}: columns are sorted by the numbers in their names`,
    );
  }
  if (first === undefined || first.names.length !== names.length) {
    return undefined;
  }
  if (!areNames(first.names)) return undefined;
  const order = matching(names, first.names) ??
    matching(bareNames(names), bareNames(first.names));
  if (order === undefined) throw otherClasses(found, first);
  return unlessSame(
    order,
    `${source}: columns are brought into the order of ${first.source} by name`,
  );
}

function unlessSame(
  order: readonly number[],
  remark: string,
): ClassOrder | undefined {
  return order.every((column, k) => column === k)
    ? undefined
    : { order, remark };
}

/** For each name of `first` its index in `names`; undefined unless all are there once. */
function matching(
  names: readonly string[],
  first: readonly string[],
): readonly number[] | undefined {
  if (names.every((name, k) => name === first[k])) return [...names.keys()];
  const indices = new Map(names.map((name, k) => [name, k]));
  const order = first.flatMap((name) => indices.get(name) ?? []);
  return new Set(order).size === names.length ? order : undefined;
}

function otherClasses(found: NamedClasses, first: NamedClasses): BadInput {
  const message =
    `Cannot use ${found.source} with ${first.source}: the names ` +
    "of their classes must be the same, in any order";
  const only = [onlyIn(found, first), onlyIn(first, found)]
    .filter((part) => part !== undefined);
  return new BadInput(
    `${message}: ${only.length === 0 ? "a name is twice" : only.join(", ")}`,
  );
}

/** "only a.csv has cat, dog"; undefined if the other one has all names. */
function onlyIn(
  { names, source }: NamedClasses,
  other: NamedClasses,
): string | undefined {
  const theirs = new Set(bareNames(other.names));
  const own = bareNames(names);
  const only = names.filter((_, k) => !theirs.has(own[k]));
  if (only.length === 0) return undefined;
  const more = only.length - MOST_SHOWN;
  return `only ${source} has ${
    only.slice(0, MOST_SHOWN).map(shown).join(", ")
  }` +
    (more > 0 ? ` and ${more} more` : "");
}
