import type { Separator } from "./delimited_records.ts";

const DECIMAL_COMMA = /^[-+]?\d*,\d+(?:e[-+]?\d+)?$/i;

/**
 * The number that a cell contains; NaN for a missing one and for text.
 *
 * @param separator of the cells; where it is no comma, a comma may mark decimals
 */
export function numberIn(cell: string, separator: Separator): number {
  const value = Number(cell);
  if (value !== 0 && !Number.isNaN(value)) return value;
  const text = cell.trim();
  if (separator !== "," && DECIMAL_COMMA.test(text)) {
    return Number(text.replace(",", "."));
  }
  // Number("") is 0.
  if (text === "") return NaN;
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinite !== null) return infinite[1] === "-" ? -Infinity : Infinity;
  return value;
}

/** Whether a cell contains neither a number nor a sign for a missing one. */
export function isText(cell: string, separator: Separator): boolean {
  return Number.isNaN(numberIn(cell, separator)) && !isMissing(cell);
}

/** Whether a cell stands for a missing number. */
export function isMissing(cell: string): boolean {
  return /^(?:[+-]?nan|na|n\/a|null|none)?$/i.test(cell.trim());
}
