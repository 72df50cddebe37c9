/**
 * Processes of this machine. Deno reads files in /proc only with `--allow-all`, so a
 * shell reads them.
 */

/** Ids of the children of this process, including those not yet reaped. */
export function children(): number[] {
  const [shell, ...found] = shellWords(
    `echo $$; grep -l -s "^PPid:[[:space:]]*${Deno.pid}$" /proc/[0-9]*/status |
       cut -d / -f 3`,
  ).map(Number);
  return found.filter((process) => process !== shell);
}

/** Whether a process has ended, reaped or not. */
export function hasEnded(process: number): boolean {
  const state = shellWords(
    `sed -n "s/^State:[[:space:]]*//p" /proc/${process}/status 2> /dev/null`,
  ).at(0);
  return state === undefined || state === "Z" || state === "X";
}

/** Waits until a process has ended. */
export async function ended(process: number): Promise<void> {
  while (!hasEnded(process)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function shellWords(script: string): string[] {
  const { stdout } = new Deno.Command("sh", { args: ["-c", script] })
    .outputSync();
  return new TextDecoder().decode(stdout).split(/\s+/).filter(Boolean);
}
