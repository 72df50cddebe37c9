/** Percentage points in a text: "5.5 points", and "0.46 points" below 1. */
export function points(share: number): string {
  const value = 100 * share;
  return `${value.toFixed(value < 0.995 ? 2 : 1)} points`;
}
