/** The text with a capital letter at its start. */
export function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
