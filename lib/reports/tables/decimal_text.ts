/** A number with a minus sign in place of the hyphen: "−0.014", never "−0.00". */
export function decimalText(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A difference with its sign: "+1.87", "−0.014"; 0 has none. */
export function signedText(value: number, digits: number): string {
  const text = decimalText(value, digits);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}
