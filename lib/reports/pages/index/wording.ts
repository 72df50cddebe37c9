/** Numbers and names as the index page prints them. */
import { methodTitle } from "../../../plots/parts/theme.ts";
import { decimalText, signedText } from "../../tables/decimal_text.ts";

/** A mean difference and its 95 % interval, in the unit of the score. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Decimal places of a score, by its title in tables. */
const DIGITS: Readonly<Record<string, number>> = {
  "log loss": 3,
  "student log loss": 3,
};

/** Decimal places of a score with this title: 3 for log loss, 2 for per cent. */
export function digitsOf(score: string): number {
  return Object.hasOwn(DIGITS, score) ? DIGITS[score] : 2;
}

/** "−0.014 (−0.029 to 0.001)"; the interval has the precision of the mean. */
export function intervalText(
  { mean, low, high }: Interval,
  digits: number,
): string {
  return `${signedText(mean, digits)} (${decimalText(low, digits)} to ` +
    `${decimalText(high, digits)})`;
}

/** "1 seed", "10 seeds". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** The score's name without its unit: "ECE, %" gives "ECE". */
export function scoreName(title: string): string {
  return title.replace(/, %$/, "");
}

/** The unit after a difference: " points" for per cent, nothing otherwise. */
export function unitOf(title: string): string {
  return title.endsWith(", %") ? " points" : "";
}

const NAMES: Readonly<Record<string, string>> = {
  ce: "plain training",
  "scaled ce": "plain training with temperature scaling",
  ls: "label smoothing",
};

/** The plain name of a method or rival: "ce" gives "plain training". */
export function plainName(method: string): string {
  return Object.hasOwn(NAMES, method) ? NAMES[method] : methodTitle(method);
}

/** Whether a method smooths by instance. */
export function isInstanceBased(method: string): boolean {
  return method.startsWith("ils");
}

/**
 * The method on which a page reports: the form of the study's paper, else of its
 * repository, else the first that smooths by instance; undefined without one. It does
 * not depend on results.
 */
export function mainMethod(methods: Iterable<string>): string | undefined {
  const all = [...methods].filter(isInstanceBased);
  return ["ilsq", "ils"].find((name) => all.includes(name)) ?? all[0];
}

/**
 * Text of a saved table as it should read: minus signs before numbers, and p-values
 * that round to 0 as "< 0.0001".
 *
 * @param heading of the column
 */
export function cellText(text: string, heading: string): string {
  if (/\bp$/.test(heading) && /^0\.0000$/.test(text)) return "< 0.0001";
  return minusSigns(text);
}

/** Text with minus signs in place of hyphens before numbers; names keep theirs. */
export function minusSigns(text: string): string {
  return text.replace(/(^|[\s([])-(?=[\d.])/g, "$1−");
}
