import { join } from "node:path";
import { BadInput } from "../../../bad_input.ts";
import { isFolder, removeTree } from "../../../files/folders.ts";
import { ROOT } from "../../../files/project_root.ts";
import { type Manifest, readManifest } from "../../../reproduce/manifest.ts";
import { indexShowsData } from "../../../reproduce/index_page.ts";
import { changedOutputs } from "../../../reproduce/outputs.ts";
import { planOf } from "../../reproduce/profile_plan.ts";
import { checkRun } from "../../verify/check_run.ts";
import { compareTables } from "../../verify/compare_tables.ts";
import {
  type Comparison,
  type Difference,
  joined,
} from "../../verify/difference.ts";
import { executeNotebooks } from "../../verify/execute_notebooks.ts";

/** Folders to verify, and where progress goes. */
export interface VerifyOptions {
  /** `results/<profile>`. */
  readonly folder: string;
  /** The folder of all runs. */
  readonly runs: string;
  readonly show: (progress: string) => void;
  readonly signal: AbortSignal;
}

/** What was checked, and what is wrong. */
export interface Verified {
  readonly profile: string;
  /** Number of numbers in tables and records that were recomputed. */
  readonly numbers: number;
  /** Number of runs that exist. */
  readonly runs: number;
  /** Number of files whose hash the manifest records. */
  readonly files: number;
  readonly missing: readonly string[];
  /** Such as `tables/03-scores.csv has changed`. */
  readonly changed: readonly string[];
  readonly differences: readonly Difference[];
  /** Notebooks whose tables could not be recomputed without the missing runs. */
  readonly skipped: readonly string[];
}

/**
 * Recomputes a profile's tables from its runs, and the records of the runs from their
 * logits, and compares.
 *
 * @throws {BadInput} if the folder has no manifest, or a file is damaged
 * @throws {NotebookFailure} if a notebook fails
 */
export async function verifyProfile(options: VerifyOptions): Promise<Verified> {
  const { folder, runs } = options;
  const manifest = await manifestOf(folder);
  const plan = await planOf(manifest.profile, ROOT, { runs });
  const checked = await checkRuns(manifest.runs, options);
  const complete: string[] = [];
  for (const name of plan.notebooks) {
    if (await plan.runsExist(name)) complete.push(name);
  }
  const skipped = plan.notebooks.filter((name) => !complete.includes(name));
  const tables = await checkTables(manifest.profile, complete, {
    ...options,
    all: skipped.length === 0,
  });
  const outputs = manifest.notebooks.map(({ name, outputs = {} }) =>
    [name, outputs] as const
  );
  const files = outputs.flatMap(([, outputs]) => Object.keys(outputs)).length;
  const changed: string[] = [];
  for (const [name, written] of outputs) {
    changed.push(...await changedOutputs(folder, name, written));
  }
  if (!await indexShowsData(folder)) {
    changed.push("index.html shows other data");
  }
  return {
    profile: manifest.profile,
    ...joined([checked, tables]),
    runs: manifest.runs.length - checked.missing.length,
    files,
    missing: checked.missing,
    changed: [...changed, ...checked.changed],
    skipped,
  };
}

async function manifestOf(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (manifest !== undefined) return manifest;
  throw new BadInput(
    `Cannot verify ${folder} as it must be a profile's results: it contains ` +
      `no manifest.json`,
  );
}

interface CheckedRuns extends Comparison {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
}

async function checkRuns(
  ids: readonly string[],
  { runs, show, signal }: VerifyOptions,
): Promise<CheckedRuns> {
  const missing: string[] = [];
  const changed: string[] = [];
  const parts: Comparison[] = [];
  for (const [i, id] of ids.entries()) {
    signal.throwIfAborted();
    show(`run ${i + 1}/${ids.length}  ${id}`);
    const folder = join(runs, id);
    // The records of the synthetic study are its results: it keeps no logits.
    if (id.startsWith("synthetic-") && isFolder(folder)) continue;
    const run = await checkRun(id, folder);
    if (run === undefined) missing.push(id);
    else {
      parts.push(run);
      changed.push(...run.changed);
    }
  }
  show("");
  return { ...joined(parts), missing, changed };
}

async function checkTables(
  profile: string,
  notebooks: readonly string[],
  { folder, runs, all, show, signal }: VerifyOptions & {
    readonly all: boolean;
  },
): Promise<Comparison> {
  const results = await Deno.makeTempDir({ prefix: "ils-verify-" });
  try {
    let at = "";
    await executeNotebooks(notebooks, {
      ...{ profile, results, runs, signal },
      progress: {
        begin: (name) => show(at = name),
        event(event) {
          if (event.event === "cell") show(`${at}  cell ${event.cell}`);
        },
        end() {},
      },
    });
    const recomputed = join(results, profile);
    return await compareTables({ stored: folder, recomputed, all });
  } finally {
    show("");
    await removeTree(results);
  }
}
