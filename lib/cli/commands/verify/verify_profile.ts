import { join } from "node:path";
import { BadInput } from "../../../bad_input.ts";
import { removeTree } from "../../../files/folders.ts";
import { ROOT } from "../../../files/project_root.ts";
import { type Manifest, readManifest } from "../../../reproduce/manifest.ts";
import { indexShowsData } from "../../../reproduce/index_page.ts";
import { changedOutputs, describeOutput } from "../../../reproduce/outputs.ts";
import { SYNTHETIC_STUDIES } from "../../../synthetic/studies.ts";
import { planOf } from "../../reproduce/profile_plan.ts";
import { checkRun } from "../../verify/check_run.ts";
import { checkStudy } from "../../verify/check_study.ts";
import { compareTables } from "../../verify/compare_tables.ts";
import {
  type Comparison,
  type Difference,
  joined,
} from "../../verify/difference.ts";
import { executeNotebooks } from "../../verify/execute_notebooks.ts";
import { uncommitted } from "../../verify/uncommitted.ts";

/** Folders to verify, and where progress goes. */
export interface VerifyOptions {
  /** `results/<profile>`. */
  readonly folder: string;
  /** The folder of all runs. */
  readonly runs: string;
  readonly show: (progress: string) => void;
  /** Called with the repository if git does not read it, as it is another user's. */
  readonly onRefused: (repository: string) => void;
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
  /** Notebooks of whose files the manifest, of an older version, has no hashes. */
  readonly unhashed: readonly string[];
  /** Files that are missing as the project does not commit them. */
  readonly uncommitted: readonly string[];
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
  const checked = await checkRuns(manifest, options);
  const complete: string[] = [];
  for (const name of plan.notebooks) {
    if (await plan.runsExist(name)) complete.push(name);
  }
  const skipped = plan.notebooks.filter((name) => !complete.includes(name));
  const tables = await checkTables(manifest.profile, complete, {
    ...options,
    all: skipped.length === 0,
  });
  const files = await checkFiles(manifest, options);
  return {
    profile: manifest.profile,
    ...joined([checked, tables]),
    ...files,
    runs: manifest.runs.length - checked.missing.length,
    missing: checked.missing,
    changed: [...files.changed, ...checked.changed],
    skipped,
  };
}

/** Compares the files of a profile with the hashes in its manifest. */
async function checkFiles(
  { notebooks }: Manifest,
  { folder, onRefused }: VerifyOptions,
): Promise<Pick<Verified, "files" | "unhashed" | "uncommitted" | "changed">> {
  const found = [];
  const unhashed: string[] = [];
  let files = 0;
  for (const { name, outputs } of notebooks) {
    if (outputs === undefined) unhashed.push(name);
    else {
      files += Object.keys(outputs).length;
      found.push(...await changedOutputs(folder, name, outputs));
    }
  }
  const missing = found.filter(({ state }) => state === "is missing");
  const paths = missing.map(({ path }) => path);
  const absent = await uncommitted(folder, paths, onRefused);
  const changed = found.filter(({ path }) => !absent.includes(path))
    .map(describeOutput);
  if (!await indexShowsData(folder)) {
    changed.push("index.html shows other data");
  }
  return {
    files: files - absent.length,
    unhashed,
    uncommitted: absent,
    changed,
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

/**
 * Columns of times of the synthetic study, which depend on how many processes compute
 * at once, and so on the machine.
 */
const PARALLEL_TIMES = ["seconds"];

interface CheckedRuns extends Comparison {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
}

async function checkRuns(
  { profile, runs: all }: Manifest,
  { runs, show, signal }: VerifyOptions,
): Promise<CheckedRuns> {
  const study = SYNTHETIC_STUDIES[profile];
  const ids = all.filter((id) => !study || !id.startsWith("synthetic-"));
  const { missing: lacking, changed: records } = study
    ? await checkStudy(study, runs)
    : { missing: [], changed: [] };
  const missing: string[] = [...lacking];
  const changed: string[] = [...records];
  const parts: Comparison[] = [];
  for (const [i, id] of ids.entries()) {
    signal.throwIfAborted();
    show(`run ${i + 1}/${ids.length}  ${id}`);
    const run = await checkRun(id, join(runs, id));
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
    const ignored = profile in SYNTHETIC_STUDIES ? PARALLEL_TIMES : [];
    return await compareTables({ stored: folder, recomputed, all, ignored });
  } finally {
    show("");
    await removeTree(results);
  }
}
