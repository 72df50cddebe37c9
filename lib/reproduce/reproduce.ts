import { dirname, join } from "node:path";
import { removeTree } from "../files/folders.ts";
import { skipDamaged } from "../files/skip_damaged.ts";
import { resultsRoot } from "../files/user_folders.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { finishPages } from "./finish_pages.ts";
import { INDEX_FILE, writeIndexPage } from "./index_page.ts";
import { REPORT_FILE } from "./report_file.ts";
import {
  type Commit,
  commitOf,
  type Manifest,
  type NotebookRecord,
  readManifest,
  withRecord,
  writeManifest,
} from "./manifest.ts";
import { readNotebook, titleOf } from "./notebook.ts";
import {
  changedOutputs,
  describeOutput,
  hashOutputs,
  removeStale,
  savedVersions,
} from "./outputs.ts";
import { renderNotebooks } from "./render_notebooks.ts";
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
  /** Returns the SHA-256 of the data files that it reads, by name. */
  readonly inputs: () => Promise<Readonly<Record<string, string>>>;
  /** Returns whether all runs that a notebook needs exist and are complete. */
  readonly runsExist: (notebook: string) => Promise<boolean>;
  /** Removes the profile's runs. */
  readonly removeRuns: () => Promise<void>;
}

/** Versions of the software, the device and the environment. */
export type Machine = Required<
  Pick<
    Manifest,
    "versions" | "packages" | "device" | "processorFeatures" | "environment"
  >
>;

/** Receiver of progress reports. */
export interface ReproduceProgress {
  skip(notebook: string): void;
  /** @param why the output that makes the notebook run again, if one does */
  begin(notebook: string, why?: string): void;
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
  /** Called with the repository if git does not read it, as it is another user's. */
  readonly onRefused: (repository: string) => void;
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
  /** Returns the time; replaced in tests. */
  readonly now?: () => Date;
}

/**
 * Executes and renders the notebooks of a profile that are not up to date, in order,
 * and writes the profile's manifest, index page and single-file report. After a failure or interruption,
 * finished notebooks are kept and not executed again.
 *
 * A notebook is up to date if it was executed with the current sources
 * (`fingerprintOf()`) and after the preceding notebooks, if its runs exist, and if
 * everything that it wrote is unchanged.
 *
 * @returns names of the executed notebooks
 * @throws {NotebookFailure} for the first notebook that fails
 * @throws the signal's reason if it is aborted while a page is rendered
 */
export async function reproduce(
  plan: ProfilePlan,
  options: ReproduceOptions,
): Promise<string[]> {
  const { root, progress, only, onDamaged, onRefused } = options;
  const folder = profileFolder(root, plan.name);
  let commit: Commit | null | undefined;
  const executed: string[] = [];
  // If the manifest is damaged, everything is out of date.
  const manifest = await skipDamaged(() => readManifest(folder), onDamaged);
  let records = manifest?.notebooks ?? [];
  let previous = "";
  for (const name of plan.notebooks) {
    const job = { root, folder, name };
    let record = records.find((record) => record.name === name);
    const state = only === undefined
      ? await stateOf(job, { plan, record, previous })
      : { due: only.includes(name) };
    if (state.due) {
      if (commit === undefined) commit = await commitOf(root, onRefused);
      const work = { ...options, plan, commit, previous, ...state };
      record = await executeOne(job, work);
      executed.push(name);
      records = withRecord(records, record);
      await writeOutcome(plan, { ...options, folder, commit, records });
    } else if (only === undefined) progress.skip(name);
    previous = record?.finished ?? previous;
  }
  await finishPages(folder);
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
  INDEX_FILE,
  REPORT_FILE,
  "notebooks",
  "tables",
  "figures",
  "headlines",
  "data",
];

/**
 * Returns the path of the folder of a profile's outputs.
 *
 * @param root the project's folder
 */
export function profileFolder(root: string, profile: string): string {
  return join(resultsRoot(root), profile);
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

/** Whether a notebook must be executed. */
interface State {
  readonly due: boolean;
  /** The output that is the reason, if it is the only one. */
  readonly why?: string | undefined;
}

async function stateOf(
  job: Job,
  { plan, record, previous }: {
    plan: ProfilePlan;
    record: NotebookRecord | undefined;
    previous: string;
  },
): Promise<State> {
  const { root, folder, name } = job;
  if (record === undefined || record.finished < previous) return { due: true };
  if (
    record.fingerprint !== await fingerprintOf(root, sourceOf(job)) ||
    !await plan.runsExist(name)
  ) return { due: true };
  const [changed] = await changedOutputs(folder, name, record.outputs ?? {});
  return {
    due: changed !== undefined,
    why: changed && describeOutput(changed),
  };
}

async function executeOne(
  job: Job,
  options: ReproduceOptions & Pick<State, "why"> & {
    plan: ProfilePlan;
    commit: Commit | null;
    /** Time when the preceding notebook was finished. */
    previous: string;
  },
): Promise<NotebookRecord> {
  const { plan, progress, cellTimeout, jobs, signal, commit } = options;
  const { execute = runNotebook, render = renderNotebooks } = options;
  const { root, folder, name } = job;
  const source = sourceOf(job);
  // Taken before execution, so that edits during it make the result out of date.
  const fingerprint = await fingerprintOf(root, source);
  await Deno.mkdir(dirname(copyOf(job)), { recursive: true });
  progress.begin(name, options.why);
  const before = await savedVersions(folder, name);
  const seconds = await execute(source, {
    root,
    out: copyOf(job),
    env: {
      ILS_PROFILE: plan.name,
      ILS_RESULTS: dirname(folder),
      ...(jobs && { ILS_JOBS: `${jobs}` }),
    },
    cellTimeout,
    signal,
    onEvent: (event) => progress.event(event),
  });
  await removeStale(folder, name, before);
  await render([copyOf(job)], { root, series: plan.notebooks, signal });
  progress.end(seconds);
  const title = titleOf(await readNotebook(source), name);
  // Not before the preceding notebook, even if the clock was set back: this one
  // would be out of date until the clock has caught up.
  const { now = () => new Date() } = options;
  const finished = later(now().toISOString(), options.previous);
  const outputs = await hashOutputs(folder, name);
  return { name, title, seconds, finished, fingerprint, commit, outputs };
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
    inputs: await plan.inputs(),
    runs: await plan.runIds(),
  };
  await writeManifest(folder, manifest);
  await writeIndexPage(folder);
}

function later(one: string, other: string): string {
  return one < other ? other : one;
}

/** Rounded to milliseconds, as sums of decimal fractions have many digits. */
function rounded(seconds: number): number {
  return Math.round(1000 * seconds) / 1000;
}
