/**
 * Receives messages, one line each. A `passing` line, such as a percentage, is to be
 * replaced by the next one.
 */
export type Report = (line: string, passing?: "passing") => void;

/** Ignores messages. */
export const silent: Report = () => {};

/** The message of an error, without its stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
