import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../lib/files/project_root.ts";

interface Task {
  readonly command: string;
}

/** The tasks of `deno.json` by name. */
export const TASKS: Readonly<Record<string, Task>> = JSON.parse(
  readFileSync(join(ROOT, "deno.json"), "utf8"),
).tasks;

/** The options of a task's `deno run`, as the shell would pass them. */
export function permissionsOf(name: string): string[] {
  return TASKS[name].command.split(" ")
    .filter((word) => /^'?--(allow|deny|ignore|no-prompt)/.test(word))
    .map((word) => word.replaceAll("'", ""));
}
