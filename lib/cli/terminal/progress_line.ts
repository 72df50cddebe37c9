import type { Context } from "../command.ts";

/**
 * Returns a function that shows progress on standard error: a line that is redrawn, only
 * on a terminal. An empty text removes it.
 */
export function progressLine(
  { log, terminal }: Pick<Context, "log" | "terminal">,
): (text: string) => void {
  return (text) => {
    if (terminal) log(`\r\x1b[K${text}`);
  };
}
