import { sha256 } from "../files/sha256.ts";

/**
 * Returns the start of the names of a plan's jobs in Slurm's queue, the same for
 * every head of the plan and for no other plan.
 *
 * @param path absolute path of the plan's file
 */
export function jobPrefix(path: string): string {
  return `ils-${sha256(path).slice(0, 8)}`;
}

/**
 * Cancels the jobs that a killed head left in Slurm's queue, since no later one
 * takes charge of them, and waits until they have ended: training runs save
 * their checkpoints first.
 *
 * @param prefix start of their names
 * @returns their number
 */
export async function cancelLeftovers(prefix: string): Promise<number> {
  const left = await queuedJobs(prefix);
  if (left.length === 0) return 0;
  await output("scancel", left);
  while ((await queuedJobs(prefix)).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return left.length;
}

async function queuedJobs(prefix: string): Promise<string[]> {
  const text = await output("squeue", ["--noheader", "--me", "-o", "%i %j"]);
  return text.split("\n").map((line) => line.split(" "))
    .filter(([, name]) => name?.startsWith(prefix))
    .map(([id]) => id);
}

/**
 * Returns the arguments by which Snakemake asks `squeue` for the state of jobs,
 * if the accounting that it asks by default is off.
 */
export async function statusArguments(): Promise<string[]> {
  const asked = await new Deno.Command("sacct", {
    args: ["--noheader", "--jobs=0"],
    stdout: "null",
    stderr: "null",
  }).output().catch(() => undefined);
  return asked?.success ? [] : ["--slurm-status-command", "squeue"];
}

async function output(
  program: string,
  args: readonly string[],
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
  }).output();
  const text = new TextDecoder();
  if (success) return text.decode(stdout);
  const reason = text.decode(stderr).trim().split("\n")[0];
  throw new Error(`${program} failed: ${reason}`);
}
