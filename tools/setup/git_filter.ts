import { attempt, mustRun } from "./command.ts";
import type { Step } from "./step.ts";

const KEY = "filter.ils-notebook.clean";

/**
 * Tells git how to filter notebooks (see `.gitattributes`): what JupyterLab saves
 * there, outputs and metadata, is not committed, and does not count as a change.
 */
export const gitFilter: Step = {
  title: "Set git to leave outputs of notebooks out of commits",
  needs: [],
  async isDone() {
    const command = await filterCommand();
    if (command === undefined) return true;
    const current = await attempt("git", ["config", "--local", "--get", KEY]);
    return current?.output.trimEnd() === command;
  },
  async run() {
    const command = await filterCommand();
    if (command === undefined) return;
    await mustRun("set git's filter of notebooks", "git", [
      "config",
      "--local",
      KEY,
      command,
    ]);
  },
};

/** The filter, which git starts in the top folder; undefined without git. */
async function filterCommand(): Promise<string | undefined> {
  const found = await attempt("git", ["rev-parse", "--show-prefix"]);
  if (!found?.success) return undefined;
  const script = `${found.output.trim()}tools/clean_notebook.ts`;
  return `${quoted(Deno.execPath())} run --quiet ${quoted(script)}`;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
