/** "weights 0.312 to 0.401": the range of many fitted numbers. */
export function describeRange(
  name: string,
  values: readonly number[],
  digits: number,
): string {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  return `${name} ${text(least, digits)} to ${text(most, digits)}`;
}

function text(value: number, digits: number): string {
  const size = Math.abs(value);
  const plain = value === 0 || size >= 10 ** -(digits - 1) && size < 1e5;
  return plain ? value.toFixed(digits) : value.toExponential(digits);
}
