import { join } from "node:path";
import { removeTree } from "../../files/folders.ts";
import { ROOT } from "../../files/project_root.ts";
import { resultsRoot } from "../../files/user_folders.ts";
import { profileFolder, type ProfilePlan } from "../../reproduce/reproduce.ts";
import { runsFolder } from "../../runs/store.ts";
import { Interrupted } from "../command.ts";
import { interruptible } from "../terminal/interruptible.ts";
import { terminalColumns } from "../terminal/terminal_columns.ts";
import { compareFiles, filesOfBoth } from "../verify/compare_files.ts";
import { compareRuns } from "../verify/compare_runs.ts";
import { compareTables } from "../verify/compare_tables.ts";
import { describeDifference, type Difference } from "../verify/difference.ts";
import { executeNotebooks } from "../verify/execute_notebooks.ts";
import { notebookProgress } from "./notebook_progress.ts";

/** Columns of times, which differ between any two reproductions. */
const TIMES = ["seconds"];

/** Folders of a profile that are compared byte by byte. */
const DRAWN = ["figures", "data"];

/** What two reproductions have in common, and what differs. */
export interface Agreement {
  readonly tables: number;
  readonly numbers: number;
  readonly figures: number;
  readonly runs: number;
  /** Number of files with logits, labels, indices and weights. */
  readonly arrays: number;
  readonly differences: readonly Difference[];
}

/**
 * Reproduces a profile a second time, from nothing, into a folder of its own, and
 * compares tables, figures, logits and weights. That folder is removed if all agree.
 *
 * @param first the profile, reproduced
 * @returns 0 if all agree, else 1
 * @throws {NotebookFailure} if a notebook fails
 * @throws {Interrupted} on SIGINT or SIGTERM
 */
export async function verifyAgain(
  first: ProfilePlan,
  { jobs, log }: {
    readonly jobs: number | undefined;
    readonly log: (text: string) => void;
  },
): Promise<number> {
  const second = join(resultsRoot(ROOT), "scratch", "verify");
  log(`Reproducing ${first.name} again, from nothing, in ${second}\n`);
  await removeTree(second);
  await interruptible(
    (signal) => reproduceInto(second, first, { jobs, log, signal }),
    (name) => new Interrupted(`Interrupted: ${second} can be removed`, name),
  );
  const agreement = await compareReproductions(
    { name: first.name, runs: await first.runIds() },
    {
      stored: {
        results: profileFolder(ROOT, first.name),
        runs: runsFolder(ROOT),
      },
      recomputed: {
        results: join(second, first.name),
        runs: join(second, "runs"),
      },
    },
  );
  log(summaryOf(first.name, agreement));
  if (agreement.differences.length > 0) {
    log(`The second reproduction is in ${second}\n`);
    return 1;
  }
  await removeTree(second);
  return 0;
}

async function reproduceInto(
  second: string,
  { name, notebooks }: ProfilePlan,
  { jobs, log, signal }: {
    readonly jobs: number | undefined;
    readonly log: (text: string) => void;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const columns = terminalColumns();
  const progress = notebookProgress({ write: log, columns, notebooks });
  try {
    await executeNotebooks(notebooks, {
      profile: name,
      results: second,
      runs: join(second, "runs"),
      ...{ jobs, progress, signal },
    });
  } finally {
    progress.stop();
  }
}

/** The folders of one reproduction. */
export interface Reproduction {
  /** `results/<profile>`. */
  readonly results: string;
  /** The folder of all runs. */
  readonly runs: string;
}

/** Compares two reproductions of a profile, times aside. */
export async function compareReproductions(
  { runs }: { readonly name: string; readonly runs: readonly string[] },
  { stored, recomputed }: {
    readonly stored: Reproduction;
    readonly recomputed: Reproduction;
  },
): Promise<Agreement> {
  const folders = { stored: stored.results, recomputed: recomputed.results };
  const tables = await compareTables({
    ...{ ...folders, all: true, exact: true, ignored: TIMES },
  });
  const paths = await Promise.all(
    DRAWN.map((kind) => filesOfBoth(kind, Object.values(folders))),
  );
  const drawn = await compareFiles(paths.flat(), folders);
  const arrays = await compareRuns(runs, {
    stored: stored.runs,
    recomputed: recomputed.runs,
  });
  return {
    ...{ tables: tables.tables, numbers: tables.numbers },
    ...{ figures: drawn.files, runs: runs.length, arrays: arrays.files },
    differences: [tables, drawn, arrays]
      .flatMap(({ differences }) => differences),
  };
}

function summaryOf(
  name: string,
  { tables, numbers, figures, runs, arrays, differences }: Agreement,
): string {
  const compared = `${name}: ${tables} tables with ${numbers} numbers, ` +
    `${figures} figures, and ${arrays} files of ${runs} runs compared`;
  if (differences.length === 0) return `${compared}: both times the same\n`;
  return differences.map((one) => `${describeDifference(one)}\n`).join("") +
    `${compared}: ${differences.length} differ\n`;
}
