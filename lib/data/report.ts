/**
 * Told what is going on, one line at a time. A `passing` line (a percentage)
 * is worth showing only until the next one.
 */
export type Report = (line: string, passing?: "passing") => void;

/** Says nothing. */
export const silent: Report = () => {};

/** The text of an error, without its stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
