/** Returns the message of an error in one line. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error.message || error.name).replaceAll(/\s+/g, " ").trim();
}
