import { terminalSize } from "./terminal_size.ts";

/** Width of standard error if it is a terminal on which lines can be redrawn. */
export function terminalColumns(): number | undefined {
  if (!Deno.stderr.isTerminal() || Deno.env.has("CI")) return undefined;
  return terminalSize().columns;
}
