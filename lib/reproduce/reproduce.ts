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

/** A profile as far as the notebooks' runner needs to know it. */
export interface ProfilePlan {
  readonly name: string;
  /** What it is, in one line. */
  readonly summary: string;
  /** Names of its notebooks without ending, in the order of running. */
  readonly notebooks: readonly string[];
  /** Ids of every run that it consists of. */
  readonly runIds: () => Promise<readonly string[]>;
  /** Whether every run that a notebook needs is there, whole. */
  readonly runsExist: (notebook: string) => Promise<boolean>;
  /** Removes its runs. */
  readonly removeRuns: () => Promise<void>;
}

/** What the work is done by and on. */
export interface Machine {
  readonly versions: Readonly<Record<string, string>>;
  readonly device: string;
}

/** Someone who is told which notebook is at work. */
export interface ReproduceProgress {
  skip(notebook: string): void;
  begin(notebook: string): void;
  event(event: NotebookEvent): void;
  end(seconds: number): void;
}

export interface ReproduceOptions {
  /** The project's folder. */
  readonly root: string;
  /** Asked when, and only if a notebook is executed. */
  readonly machine: () => Promise<Machine>;
  readonly progress: ReproduceProgress;
  /** Called with the reason, in one line, if the manifest is damaged. */
  readonly onDamaged: (reason: string) => void;
  /** Runs these alone, also where they are up to date. */
  readonly only?: readonly string[] | undefined;
  /** Longest time of one cell in seconds; unlimited by default. */
  readonly cellTimeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Who executes and who renders; others in tests. */
  readonly execute?: typeof runNotebook;
  readonly render?: typeof renderNotebooks;
}

/**
 * Executes and renders the notebooks of a profile that are not up to date, in
 * order, and writes the profile's manifest and index page. After a failure, or
 * when killed, what was finished stays and is not done again.
 *
 * A notebook is up to date when its executed copy and its page are there, they
 * were made from the same files (`fingerprintOf`) and later than those of the
 * notebooks before it, and its runs exist.
 *
 * @returns names of the notebooks that were executed
 * @throws {NotebookFailure} at the first notebook that does not run to its end
 */
export async function reproduce(
  plan: ProfilePlan,
  options: ReproduceOptions,
): Promise<string[]> {
  const { root, progress, only, onDamaged } = options;
  const folder = profileFolder(root, plan.name);
  const commit = await commitOf(root);
  const executed: string[] = [];
  // Without what a damaged manifest says, everything is out of date.
  const manifest = await skipDamaged(() => readManifest(folder), onDamaged);
  let records = manifest?.notebooks ?? [];
  let previous = "";
  for (const name of plan.notebooks) {
    const job = { root, folder, name };
    let record = records.find((record) => record.name === name);
    const wanted = only === undefined
      ? !(await isUpToDate(job, { plan, record, previous }))
      : only.includes(name);
    if (wanted) {
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

/** Where a profile's outputs are. */
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
  const { plan, progress, cellTimeout, signal, commit } = options;
  const { execute = runNotebook, render = renderNotebooks } = options;
  const { root, name } = job;
  const source = sourceOf(job);
  // Before the work: what is edited meanwhile makes it out of date.
  const fingerprint = await fingerprintOf(root, source);
  await Deno.mkdir(dirname(copyOf(job)), { recursive: true });
  progress.begin(name);
  const started = new Date();
  const seconds = await execute(source, {
    root,
    out: copyOf(job),
    env: { ILS_PROFILE: plan.name },
    cellTimeout,
    signal,
    onEvent: (event) => progress.event(event),
  });
  await render([copyOf(job)], { root, series: plan.notebooks });
  await removeOlder(job, started);
  progress.end(seconds);
  const title = titleOf(
    parseNotebook(await Deno.readTextFile(source), name),
    name,
  );
  const finished = new Date().toISOString();
  return { name, title, seconds, finished, fingerprint, commit };
}

/**
 * Removes the tables and figures that an earlier version of the notebook wrote
 * and this one does not: those whose names begin with its number.
 */
async function removeOlder({ folder, name }: Job, than: Date): Promise<void> {
  const prefix = `${name.slice(0, 2)}-`;
  for (const kind of ["tables", "figures", "headlines"]) {
    const names = await namesIn(join(folder, kind));
    for (const name of names.filter((name) => name.startsWith(prefix))) {
      const path = join(folder, kind, name);
      const { mtime } = await Deno.stat(path);
      if (mtime !== null && mtime < than) await Deno.remove(path);
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

/** To milliseconds: sums of decimal fractions have long tails. */
function rounded(seconds: number): number {
  return Math.round(1000 * seconds) / 1000;
}

async function exists(path: string): Promise<boolean> {
  const info = await Deno.stat(path).catch(ignoreNotFound);
  return info !== undefined && info.size > 0;
}
