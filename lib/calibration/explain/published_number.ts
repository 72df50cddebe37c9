import { BadInput } from "../../bad_input.ts";

/** A number as it is printed. */
export interface PublishedNumber {
  /** As given, without blanks around it. */
  readonly text: string;
  /** The number; 3.98 for "3.98 %". */
  readonly value: number;
  /** Whether it has a percent sign. */
  readonly percent: boolean;
  /** Half a unit of its last digit, but at least 1e-12. */
  readonly tolerance: number;
  /** Number of significant digits, at least 1. */
  readonly digits: number;
}

/** Rounding of float64 may change digits beyond these. */
const FINEST = 1e-12;
const MOST_DIGITS = 15;

/**
 * A printed number with the precision that its digits imply: "0.40" means 0.40 within
 * 0.005.
 *
 * @param text such as "0.0398", "3.98%" or "4e-2"
 * @param what start of the message, such as "--explain"
 * @throws {BadInput} unless it is a finite number, with or without a percent sign
 */
export function parsePublished(
  text: string,
  what = "The published number",
): PublishedNumber {
  const match =
    /^([-+]?)(\d*)\.?(\d*)(?:e([-+]?\d+))?\s*(%?)$/i.exec(text.trim()) ?? [];
  const [, sign, whole, fraction, exponent = "0", percent] = match;
  const digits = `${whole}${fraction}`;
  const value = Number(`${sign}${whole}.${fraction}0e${exponent}`);
  if (digits === "" || !Number.isFinite(value)) {
    throw new BadInput(
      `${what} must be a number as it is printed, such as 0.0398 or 3.98%: ` +
        `current value is ${text || '""'}`,
    );
  }
  const unit = Number(`1e${Number(exponent) - fraction.length}`);
  const significant = digits.replace(/^0+/, "").length;
  return {
    text: text.trim(),
    value,
    percent: percent === "%",
    tolerance: Math.max(unit / 2, FINEST),
    digits: Math.min(Math.max(1, significant), MOST_DIGITS),
  };
}

/** Whether a value rounds to a published number. */
export function agrees(value: number, published: PublishedNumber): boolean {
  const difference = Math.abs(value - published.value);
  return difference <= published.tolerance + FINEST;
}

/** How many leading digits of a published number a value has, after rounding. */
export function agreeingDigits(
  value: number,
  published: PublishedNumber,
): number {
  if (agrees(value, published)) return published.digits;
  for (let digits = published.digits - 1; digits > 0; digits--) {
    const [ours, theirs] = [value, published.value]
      .map((number) => number.toPrecision(digits));
    if (Number(ours) === Number(theirs)) return digits;
  }
  return 0;
}
