import { join } from "node:path";
import { ROOT } from "../../files/project_root.ts";
import type { ReproduceProgress } from "../../reproduce/reproduce.ts";
import { runNotebook } from "../../reproduce/run_notebook.ts";

/** Where notebooks read and write, and how they run. */
export interface ExecuteOptions {
  readonly profile: string;
  /** The folder that receives `<profile>/tables` and all else they save. */
  readonly results: string;
  /** The folder of all runs. */
  readonly runs: string;
  /** Number of networks trained at once (as the notebooks choose). */
  readonly jobs?: number | undefined;
  readonly progress: Omit<ReproduceProgress, "skip">;
  readonly signal: AbortSignal;
}

/**
 * Executes notebooks of a profile, in order, away from `results/<profile>`.
 *
 * @throws {NotebookFailure} for the first one that fails
 * @throws the signal's reason if it is aborted
 */
export async function executeNotebooks(
  notebooks: readonly string[],
  { profile, results, runs, jobs, progress, signal }: ExecuteOptions,
): Promise<void> {
  const copies = join(results, profile, "notebooks");
  await Deno.mkdir(copies, { recursive: true });
  for (const name of notebooks) {
    progress.begin(name);
    const seconds = await runNotebook(
      join(ROOT, "notebooks", `${name}.ipynb`),
      {
        root: ROOT,
        out: join(copies, `${name}.ipynb`),
        env: {
          ILS_PROFILE: profile,
          ILS_RESULTS: results,
          ILS_RUNS: runs,
          ...jobs === undefined ? {} : { ILS_JOBS: `${jobs}` },
        },
        onEvent: (event) => progress.event(event),
        signal,
      },
    ).catch((error) => {
      signal.throwIfAborted();
      throw error;
    });
    progress.end(seconds);
  }
}
