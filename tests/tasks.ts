/** The tasks of `deno.json`. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface Task {
  readonly command: string;
}

/** Commands by the name of the task. */
export const TASKS: Readonly<Record<string, Task>> = JSON.parse(
  readFileSync(fileURLToPath(new URL("../deno.json", import.meta.url)), "utf8"),
).tasks;

/** The options of a task's `deno run`, as the shell would pass them. */
export function permissionsOf(name: string): string[] {
  return TASKS[name].command.split(" ")
    .filter((word) => /^'?--(allow|deny|ignore|no-prompt)/.test(word))
    .map((word) => word.replaceAll("'", ""));
}
