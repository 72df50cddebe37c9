/**
 * Processes of an attempt: they inherit an environment variable, by which those are
 * found whose parent has ended.
 */

/**
 * The environment variable that marks a program and all that it starts. Manifests
 * record only those that begin with `ILS_`.
 */
export const MARK = "CHAOS_MARK";

const POLL_MS = 50;

/** Ids of the processes with a mark. Zombies have no environment. */
export async function markedProcesses(mark: string): Promise<number[]> {
  const { stdout } = await new Deno.Command("sh", {
    args: [
      "-c",
      `grep -l -s -a -F "${MARK}=${mark}" /proc/[0-9]*/environ | cut -d / -f 3`,
    ],
  }).output();
  const text = new TextDecoder().decode(stdout);
  return text.split("\n").filter(Boolean).map(Number);
}

/**
 * Waits until all processes with a mark have ended, and kills those that have not
 * after a while.
 *
 * @returns how many were killed
 */
export async function endedProcesses(
  mark: string,
  limitMs: number,
): Promise<number> {
  const end = performance.now() + limitMs;
  let left = await markedProcesses(mark);
  while (left.length > 0 && performance.now() < end) {
    await pause(POLL_MS);
    left = await markedProcesses(mark);
  }
  for (const pid of left) signalTo(pid, "SIGKILL");
  return left.length;
}

/** Sends a signal to a process, or to a group if the id is negative. */
export function signalTo(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Waits for some time. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
