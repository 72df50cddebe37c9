import { taskCommand } from "../files/task_command.ts";
import { userFolders } from "../files/user_folders.ts";
import { type JobPlan, jobsFolder } from "./job_plan.ts";

/** Name of the job that writes tables and pages, once all others are finished. */
export const RESULTS = "results";

/**
 * Returns what the Snakefile reads: the jobs of a plan, the command line before
 * their arguments, and the whole one that writes the results.
 */
export async function jobsFile(plan: JobPlan) {
  const { jobs, results } = plan;
  return {
    folder: jobsFolder(plan),
    // Paths in the arguments start in this folder, not in the user's.
    ils: await commandLine(["ils"], ""),
    jobs,
    results: results && {
      line: await commandLine(results.command, Deno.env.get("INIT_CWD") ?? ""),
      resources: results.resources,
    },
  };
}

/**
 * Returns a shell command for a task, which needs no environment of its own: not
 * every cluster passes on that of the caller.
 *
 * @param words arguments of `deno task`
 * @param caller the folder in which relative paths start
 */
async function commandLine(
  [task, ...words]: readonly string[],
  caller: string,
): Promise<string> {
  const variables = Object.entries({ ...userFolders(), INIT_CWD: caller })
    .map(([name, value]) => `${name}=${quoted(value)}`);
  const command = [...await taskCommand(task), ...words].map(quoted);
  return [...variables, ...command].join(" ");
}

/** Quotes a word for the shell, if it needs that. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}
