import type { StoredArray } from "./stored_array.ts";

/** At least two columns whose names begin alike. */
export interface ColumnFamily {
  readonly prefix: string;
  readonly columns: readonly StoredArray[];
}

/** What scores of classes are called before the names of the classes. */
const SCORES_OF =
  /^(log_?)?(logits?|p|prob(s|abilit(y|ies))?|scores?|softmax|votes?)[\s_.:/|([-]+/i;

/**
 * Families of columns of which one may be the scores: numbered from 0 or 1 without a
 * gap, such as `logit_0` to `logit_9`, or with a word for scores, as `logit_cat` and
 * `logit_dog`. Columns are in the order of the table.
 */
export function scoreFamilies(
  columns: readonly StoredArray[],
): readonly ColumnFamily[] {
  const numbered = numberedFamilies(columns);
  const prefixes = new Set(numbered.map(({ prefix }) => prefix));
  const worded = Map.groupBy(
    columns,
    ({ key = "" }) => SCORES_OF.exec(key)?.[0] ?? "",
  );
  return [
    ...numbered,
    ...[...worded]
      .map(([prefix, columns]) => ({ prefix, columns }))
      .filter(({ prefix, columns }) =>
        prefix !== "" && columns.length > 1 && !prefixes.has(prefix)
      ),
  ];
}

function numberedFamilies(
  columns: readonly StoredArray[],
): readonly ColumnFamily[] {
  const numbered = columns.filter(({ key = "" }) => numberOf(key) !== "");
  const families = Map.groupBy(numbered, ({ key = "" }) => withoutNumber(key));
  return [...families]
    .filter(([, members]) => members.length > 1 && isComplete(members))
    .map(([prefix, columns]) => ({ prefix, columns }));
}

function isComplete(columns: readonly StoredArray[]): boolean {
  const numbers = columns.map(({ key = "" }) => Number(numberOf(key)))
    .sort((a, b) => a - b);
  const [least] = numbers;
  return least <= 1 && numbers.every((number, k) => number === least + k);
}

/** Sorts columns whose names differ only in the numbers of the classes. */
export function inOrder(
  columns: readonly StoredArray[],
): readonly StoredArray[] {
  const parts = columns.map(({ key = "" }) => ({
    prefix: withoutNumber(key),
    number: numberOf(key),
  }));
  const [{ prefix }] = parts;
  if (parts.some((part) => part.number === "" || part.prefix !== prefix)) {
    return columns;
  }
  const numbered = columns
    .map((column, k) => ({ column, number: Number(parts[k].number) }))
    .sort((a, b) => a.number - b.number);
  const least = numbered[0].number;
  const isComplete = numbered.every(({ number }, k) => number === least + k);
  return isComplete ? numbered.map(({ column }) => column) : columns;
}

/** The digits at the end of a name; empty if there are none. */
function numberOf(name: string): string {
  return name.slice(withoutNumber(name).length);
}

/** A name without the digits at its end. */
function withoutNumber(name: string): string {
  let end = name.length;
  while (end > 0 && name[end - 1] >= "0" && name[end - 1] <= "9") end--;
  return name.slice(0, end);
}
