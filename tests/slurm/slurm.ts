/** A Slurm of one node for tests, brought up on this machine only. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasSnakemake } from "../../lib/cluster/snakemake.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));

const PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue"];

/** A link whose target is gone, of a test that was killed, does not count. */
const CONFIG = "/etc/slurm/slurm.conf";

/** Why there is no Slurm for tests on this machine; undefined if there is. */
export const NO_SLURM = reason();

function reason(): string | undefined {
  if (Deno.uid() !== 0) return "its daemons need root";
  const missing = PROGRAMS.find((name) => !isProgram(name));
  if (missing !== undefined) {
    return `${missing} is missing; on Debian: apt-get install munge slurmctld ` +
      "slurmd slurm-client";
  }
  if (!hasSnakemake()) {
    return "Snakemake is missing: deno task setup --cluster";
  }
  // Another Slurm of this machine is left alone.
  return existsSync(CONFIG)
    ? `this machine has a Slurm of its own: ${CONFIG}`
    : undefined;
}

function isProgram(name: string): boolean {
  const args = ["-c", `command -v ${name}`];
  return new Deno.Command("sh", { args, stdout: "null" }).outputSync().success;
}

/** The node of a Slurm for tests. */
export interface SlurmNode {
  /** Kills it with all jobs. */
  die(): Promise<void>;
  /** Starts it again. */
  return(): Promise<void>;
}

/** Runs a function while there is a Slurm of one node with two CPUs. */
export async function withSlurm<Result>(
  work: (node: SlurmNode) => Promise<Result>,
): Promise<Result> {
  const folder = await Deno.makeTempDir({ prefix: "slurm-" });
  try {
    await script("slurm_up.sh", folder, "2");
    return await work({
      die: () => script("slurm_node.sh", folder, "die"),
      return: () => script("slurm_node.sh", folder, "return"),
    });
  } finally {
    await script("slurm_down.sh", folder);
    await Deno.remove(folder, { recursive: true });
  }
}

async function script(name: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("sh", {
    args: [join(HERE, name), ...args],
    stdin: "null",
  }).output();
  if (success) return;
  throw new Error(`${name} failed: ${new TextDecoder().decode(stderr)}`);
}
