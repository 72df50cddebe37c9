/** Processes that this one has started. */

/** Their ids, those included that have ended and were not waited for. */
export function children(): number[] {
  const found: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = /^PPid:\s*(\d+)$/m.exec(statusOf(name) ?? "")?.[1];
    if (Number(parent) === Deno.pid) found.push(Number(name));
  }
  return found;
}

/** Waits until a child has ended, whether or not anyone has taken notice. */
export async function ended(process: number): Promise<void> {
  while (/^State:\s*[^ZX]/m.test(statusOf(process) ?? "")) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Nothing for a process that is gone. */
function statusOf(process: number | string): string | undefined {
  try {
    return Deno.readTextFileSync(`/proc/${process}/status`);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}
