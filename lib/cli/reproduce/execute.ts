import {
  type ProfilePlan,
  reproduce,
  type ReproduceOptions,
} from "../../reproduce/reproduce.ts";
import { ROOT } from "../../files/project_root.ts";
import { NotebookFailure } from "../../reproduce/run_notebook.ts";
import { exitCodeOf, stopSignals } from "../terminal/stop_signals.ts";
import { untrustedText } from "../terminal/untrusted_text.ts";
import { terminalColumns } from "../terminal/terminal_columns.ts";
import { explainFailure } from "./explain_failure.ts";
import { findMachine } from "./find_machine.ts";
import { notebookProgress } from "./notebook_progress.ts";

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
  using signals = stopSignals();
  const progress = notebookProgress({
    write: log,
    columns: terminalColumns(),
    notebooks: plan.notebooks,
  });
  const signal = signals.aborted;
  const machine = findMachine;
  try {
    await reproduce(plan, {
      ...options,
      root: ROOT,
      machine,
      progress,
      onDamaged: (reason) => log(`${reason}; every notebook is out of date\n`),
      onRefused: (repository) =>
        log(`No commit is recorded: ${untrustedText(repository)}\n`),
      signal,
    });
    return 0;
  } catch (error) {
    const received = signals.received();
    progress.stop();
    if (received && error === signal.reason) {
      log("interrupted; finished work is kept\n");
      return exitCodeOf(received);
    }
    if (!(error instanceof NotebookFailure)) throw error;
    log(explainFailure(error));
    return received && error.reason === "cancelled" ? exitCodeOf(received) : 1;
  } finally {
    progress.stop();
  }
}
