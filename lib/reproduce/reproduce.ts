import { dirname, join } from "node:path";
import { ignoreNotFound, namesIn, removeTree } from "../files/folders.ts";
import { skipDamaged } from "../files/skip_damaged.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { writeIndexPage } from "./index_page.ts";
import {
  type Commit,
  commitOf,
  type Manifest,
  type NotebookRecord,
  readManifest,
  withRecord,
  writeManifest,
} from "./manifest.ts";
import { parseNotebook, titleOf } from "./notebook.ts";
import { pageOf, renderNotebooks } from "./render_notebooks.ts";
import { type NotebookEvent, runNotebook } from "./run_notebook.ts";

/** The part of a profile that `reproduce()` needs. */
export interface ProfilePlan {
  readonly name: string;
  /** Description in one line. */
  readonly summary: string;
  /** Names of the notebooks without extension, in order of execution. */
  readonly notebooks: readonly string[];
  /** Returns the ids of all runs of the profile. */
  readonly runIds: () => Promise<readonly string[]>;
  /** Returns whether all runs that a notebook needs exist and are complete. */
  readonly runsExist: (notebook: string) => Promise<boolean>;
  /** Removes the profile's runs. */
  readonly removeRuns: () => Promise<void>;
}

/** Versions of the software, and the device. */
export interface Machine {
  readonly versions: Readonly<Record<string, string>>;
  readonly device: string;
}

/** Receiver of progress reports. */
export interface ReproduceProgress {
  skip(notebook: string): void;
  begin(notebook: string): void;
  event(event: NotebookEvent): void;
  end(seconds: number): void;
}

/** Options of `reproduce()`. */
export interface ReproduceOptions {
  /** The project's folder. */
  readonly root: string;
  /** Returns the machine; called only after a notebook has been executed. */
  readonly machine: () => Promise<Machine>;
  readonly progress: ReproduceProgress;
  /** Called with the reason, in one line, if the manifest is damaged. */
  readonly onDamaged: (reason: string) => void;
  /** Executes only these notebooks, even if they are up to date (all). */
  readonly only?: readonly string[] | undefined;
  /** Time limit of a cell in seconds (none). */
  readonly cellTimeout?: number | undefined;
  /** Number of networks trained at once (as the notebooks choose). */
  readonly jobs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Replaces `runNotebook()` in tests. */
  readonly execute?: typeof runNotebook;
  /** Replaces `renderNotebooks()` in tests. */
  readonly render?: typeof renderNotebooks;
}

/**
 * Executes and renders the notebooks of a profile that are not up to date, in order,
 * and writes the profile's manifest and index page. After a failure or interruption,
 * finished notebooks are kept and not executed again.
 *
 * A notebook is up to date if its executed copy and page exist, were made from the
 * current files (`fingerprintOf()`) and after those of the preceding notebooks, and
 * if its runs exist.
 *
 * @returns names of the executed notebooks
 * @throws {NotebookFailure} for the first notebook that fails
 */
export async function reproduce(
  plan: ProfilePlan,
  options: ReproduceOptions,
): Promise<string[]> {
  const { root, progress, only, onDamaged } = options;
  const folder = profileFolder(root, plan.name);
  const commit = await commitOf(root);
  const executed: string[] = [];
  // If the manifest is damaged, everything is out of date.
  const manifest = await skipDamaged(() => readManifest(folder), onDamaged);
  let records = manifest?.notebooks ?? [];
  let previous = "";
  for (const name of plan.notebooks) {
    const job = { root, folder, name };
    let record = records.find((record) => record.name === name);
    const due = only === undefined
      ? !(await isUpToDate(job, { plan, record, previous }))
      : only.includes(name);
    if (due) {
      record = await executeOne(job, { ...options, plan, commit });
      executed.push(name);
      records = withRecord(records, record);
      await writeOutcome(plan, { ...options, folder, commit, records });
    } else if (only === undefined) progress.skip(name);
    previous = record?.finished ?? previous;
  }
  return executed;
}

/** Removes a profile's outputs and its runs. */
export async function removeResults(
  plan: ProfilePlan,
  root: string,
): Promise<void> {
  const folder = profileFolder(root, plan.name);
  for (const name of OUTPUTS) {
    await removeTree(join(folder, name));
  }
  await plan.removeRuns();
}

const OUTPUTS = [
  "manifest.json",
  "index.html",
  "notebooks",
  "tables",
  "figures",
  "headlines",
];

/** Path of the folder of a profile's outputs. */
export function profileFolder(root: string, profile: string): string {
  return join(root, "results", profile);
}

interface Job {
  readonly root: string;
  readonly folder: string;
  readonly name: string;
}

function sourceOf({ root, name }: Job): string {
  return join(root, "notebooks", `${name}.ipynb`);
}

function copyOf({ folder, name }: Job): string {
  return join(folder, "notebooks", `${name}.ipynb`);
}

async function isUpToDate(
  job: Job,
  { plan, record, previous }: {
    plan: ProfilePlan;
    record: NotebookRecord | undefined;
    previous: string;
  },
): Promise<boolean> {
  if (record === undefined || record.finished < previous) return false;
  if (!(await exists(copyOf(job)) && await exists(pageOf(copyOf(job))))) {
    return false;
  }
  return record.fingerprint === await fingerprintOf(job.root, sourceOf(job)) &&
    await plan.runsExist(job.name);
}

async function executeOne(
  job: Job,
  options: ReproduceOptions & { plan: ProfilePlan; commit: Commit | null },
): Promise<NotebookRecord> {
  const { plan, progress, cellTimeout, jobs, signal, commit } = options;
  const { execute = runNotebook, render = renderNotebooks } = options;
  const { root, name } = job;
  const source = sourceOf(job);
  // Taken before execution, so that edits during it make the result out of date.
  const fingerprint = await fingerprintOf(root, source);
  await Deno.mkdir(dirname(copyOf(job)), { recursive: true });
  progress.begin(name);
  const started = new Date();
  const seconds = await execute(source, {
    root,
    out: copyOf(job),
    env: { ILS_PROFILE: plan.name, ...(jobs && { ILS_JOBS: `${jobs}` }) },
    cellTimeout,
    signal,
    onEvent: (event) => progress.event(event),
  });
  await render([copyOf(job)], { root, series: plan.notebooks });
  await removeStale(job, started);
  progress.end(seconds);
  const title = titleOf(
    parseNotebook(await Deno.readTextFile(source), name),
    name,
  );
  const finished = new Date().toISOString();
  return { name, title, seconds, finished, fingerprint, commit };
}

/**
 * Removes tables and figures that only earlier versions of the notebook wrote: files
 * that start with its number and were last modified before `started`.
 */
async function removeStale(
  { folder, name }: Job,
  started: Date,
): Promise<void> {
  const prefix = `${name.slice(0, 2)}-`;
  for (const kind of ["tables", "figures", "headlines"]) {
    const names = await namesIn(join(folder, kind));
    for (const name of names.filter((name) => name.startsWith(prefix))) {
      const path = join(folder, kind, name);
      const { mtime } = await Deno.stat(path);
      if (mtime !== null && mtime < started) await Deno.remove(path);
    }
  }
}

async function writeOutcome(
  plan: ProfilePlan,
  { machine, folder, commit, records }: {
    machine: () => Promise<Machine>;
    folder: string;
    commit: Commit | null;
    records: readonly NotebookRecord[];
  },
): Promise<void> {
  const manifest: Manifest = {
    profile: plan.name,
    summary: plan.summary,
    written: new Date().toISOString(),
    ...await machine(),
    commit,
    seconds: rounded(records.reduce((sum, { seconds }) => sum + seconds, 0)),
    notebooks: records,
    runs: await plan.runIds(),
  };
  await writeManifest(folder, manifest);
  await writeIndexPage(folder);
}

/** Rounded to milliseconds, as sums of decimal fractions have many digits. */
function rounded(seconds: number): number {
  return Math.round(1000 * seconds) / 1000;
}

async function exists(path: string): Promise<boolean> {
  const info = await Deno.stat(path).catch(ignoreNotFound);
  return info !== undefined && info.size > 0;
}
