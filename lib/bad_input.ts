/**
 * An error that the caller can fix: a flag, a file, a spec or a number outside its
 * range. The message is one line: what was being done, what was found and what is
 * allowed. The command line exits with code 2.
 */
export class BadInput extends Error {
  /** Always "BadInput". */
  override readonly name = "BadInput";
}

/** Throws `BadInput` unless `low <= value <= high` (`<` at an open end). */
export function checkRange(
  what: string,
  value: number,
  range: { low: number; high: number; lowOpen?: boolean; highOpen?: boolean },
): void {
  const { low, high, lowOpen = false, highOpen = false } = range;
  const above = lowOpen ? value > low : value >= low;
  const below = highOpen ? value < high : value <= high;
  if (above && below) return;
  const open = lowOpen ? "(" : "[";
  const close = highOpen ? ")" : "]";
  throw new BadInput(
    `${what} must be in ${open}${low}, ${high}${close}: current value is ${value}`,
  );
}

/**
 * Throws `BadInput` unless `value` is a whole number of at least `least` and at most
 * 2^53 - 1, above which whole numbers are not represented exactly.
 */
export function checkWhole(what: string, value: number, least: number): void {
  const large = value > Number.MAX_SAFE_INTEGER;
  if (Number.isInteger(value) && value >= least && !large) return;
  throw new BadInput(
    `${what} must be a whole number of at least ${least}` +
      `${large ? " and at most 2^53 - 1" : ""}: current value is ${value}`,
  );
}
