/** Characters that separate a class from what else the name of its column says. */
const SEPARATOR = /[\s_.:/|()[\]-]/;

/**
 * The names of classes in the names of their columns: without a beginning or an end
 * that all share and that a separator sets apart, such as `logit_` or `P(` and `)`.
 */
export function bareNames(names: readonly string[]): readonly string[] {
  const start = sharedStart(names);
  const rest = names.map((name) => name.slice(start));
  const end = sharedStart(rest.map(reversed));
  return rest.map((name) => name.slice(0, name.length - end));
}

/**
 * The numbers of a numbered family of names, such as `p1`, `p2`, `p3`: digits after
 * the same letters, if any, that are consecutive numbers in some order. Undefined for
 * other names.
 */
export function numbersIn(names: readonly string[]): number[] | undefined {
  const parts = names.map((name) => /^(\D*)(\d+)$/.exec(name));
  if (parts.some((part) => part?.[1] !== parts[0]?.[1])) return undefined;
  const numbers = parts.flatMap((part) => part === null ? [] : Number(part[2]));
  if (numbers.length < 2) return undefined;
  const least = numbers.reduce((a, b) => Math.min(a, b));
  const offsets = new Set(numbers.map((number) => number - least));
  const isComplete = numbers.every((_, k) => offsets.has(k));
  return isComplete ? numbers : undefined;
}

/** Length of the start that all names share, up to its last separator. */
function sharedStart(names: readonly string[]): number {
  const [first = ""] = names;
  const least = names.reduce((a, { length }) => Math.min(a, length), Infinity);
  let shared = 0;
  let end = 0;
  // A part of each name remains.
  while (
    end < least - 1 && names.every((name) => name[end] === first[end])
  ) {
    end++;
    if (SEPARATOR.test(first[end - 1])) shared = end;
  }
  return shared;
}

function reversed(name: string): string {
  return [...name].reverse().join("");
}
