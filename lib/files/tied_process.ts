import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("tied_process.sh", import.meta.url));

/**
 * Returns the command of a program that gets SIGINT when its standard input is
 * closed or this process is killed. Ctrl-C in a terminal reaches this process
 * only, which then closes it.
 *
 * @param words the program and its arguments
 */
export function tiedCommand(
  words: readonly string[],
  streams: Required<Pick<Deno.CommandOptions, "stdout" | "stderr">>,
): Deno.Command {
  return new Deno.Command("sh", {
    args: [SCRIPT, ...words],
    stdin: "piped",
    ...streams,
    detached: true,
  });
}
