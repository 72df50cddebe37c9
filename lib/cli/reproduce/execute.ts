import {
  type ProfilePlan,
  reproduce,
  type ReproduceOptions,
} from "../../reproduce/reproduce.ts";
import { ROOT } from "../../files/project_root.ts";
import { NotebookFailure } from "../../reproduce/run_notebook.ts";
import { SIGNALS } from "../terminal/interruptible.ts";
import { notebookProgress } from "./notebook_progress.ts";
import { findMachine } from "./profile_plan.ts";

/** Exit code after an interruption. */
export const INTERRUPTED = 130;

type Log = (text: string) => void;

/**
 * Executes the notebooks of a profile that are out of date, and shows which one is
 * running.
 *
 * @returns the exit code
 */
export async function execute(
  plan: ProfilePlan,
  { log, ...options }:
    & Pick<ReproduceOptions, "only" | "cellTimeout" | "jobs">
    & {
      log: Log;
    },
): Promise<number> {
  const control = new AbortController();
  const stop = () => control.abort();
  for (const name of SIGNALS) Deno.addSignalListener(name, stop);
  const progress = notebookProgress({
    write: log,
    columns: terminalColumns(),
    notebooks: plan.notebooks,
  });
  const { signal } = control;
  const machine = findMachine;
  try {
    await reproduce(plan, {
      ...options,
      root: ROOT,
      machine,
      progress,
      onDamaged: (reason) => log(`${reason}; every notebook is out of date\n`),
      signal,
    });
    return 0;
  } catch (error) {
    if (!(error instanceof NotebookFailure)) throw error;
    progress.stop();
    log(explain(error));
    return error.reason === "cancelled" ? INTERRUPTED : 1;
  } finally {
    progress.stop();
    for (const name of SIGNALS) Deno.removeSignalListener(name, stop);
  }
}

/** Describes a failure: its place, the cell's first line and the error. */
function explain(failure: NotebookFailure): string {
  const { notebook, place, reason, cell, line, detail } = failure;
  if (reason === "cancelled") {
    return `${notebook} interrupted ${place}; finished work is kept\n`;
  }
  const source = cell === 0 ? "" : `    ${line}\n`;
  const error = detail.split("\n").map((text) => `  ${text}\n`).join("");
  return `${notebook} failed ${place}\n${source}${error}`;
}

/** Returns the width of the terminal; undefined without one. */
export function terminalColumns(): number | undefined {
  if (!Deno.stderr.isTerminal() || Deno.env.has("CI")) return undefined;
  return Deno.consoleSize().columns;
}
