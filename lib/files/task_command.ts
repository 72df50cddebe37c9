import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "./project_root.ts";
import { readJson } from "./read_json.ts";

const CONFIG = join(ROOT, "deno.json");

const TASKS = z.object({
  tasks: z.record(z.string(), z.object({ command: z.string() })),
});

/**
 * Returns the command of a task of this project, without the set-up before it:
 * the running Deno, its options and the script.
 */
export async function taskCommand(name: string): Promise<string[]> {
  const { tasks } = await readJson(CONFIG, TASKS);
  const [, run, ...options] = tasks[name].command.split(" ")
    .map((word) => word.replaceAll("'", ""));
  const script = options.pop()!;
  return [Deno.execPath(), run, "-c", CONFIG, ...options, join(ROOT, script)];
}
