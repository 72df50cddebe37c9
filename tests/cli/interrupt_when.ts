import type { Output } from "./program.ts";

/**
 * Interrupts a program once and returns its output.
 *
 * @param isTime whether to interrupt, by its standard error so far
 */
export async function interruptWhen(
  child: Deno.ChildProcess,
  isTime: (stderr: string) => boolean,
  interrupt: () => void,
): Promise<Output> {
  const stdout = new Response(child.stdout).text();
  let stderr = "";
  let sent = false;
  for await (const chunk of child.stderr.pipeThrough(new TextDecoderStream())) {
    stderr += chunk;
    if (sent || !isTime(stderr)) continue;
    interrupt();
    sent = true;
  }
  const { code } = await child.status;
  return { code, stdout: await stdout, stderr };
}
