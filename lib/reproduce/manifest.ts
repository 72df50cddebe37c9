import { join } from "node:path";
import { z } from "zod";
import { readJsonIfPresent } from "../files/read_json.ts";
import { schemaOf } from "../files/record_schema.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";

/** The state of the project's files, where they are under git. */
export interface Commit {
  readonly hash: string;
  /** Whether tracked files other than results differ from it. */
  readonly dirty: boolean;
}

/** One executed notebook. */
export interface NotebookRecord {
  /** File name without its ending, such as `04_calibration`. */
  readonly name: string;
  readonly title: string;
  readonly seconds: number;
  /** When it ended, ISO 8601. */
  readonly finished: string;
  /** `fingerprintOf` what it was made from. */
  readonly fingerprint: string;
  readonly commit: Commit | null;
}

/** What a profile's outputs were made from, by what, and how long it took. */
export interface Manifest {
  readonly profile: string;
  /** What the profile is, in one line. */
  readonly summary: string;
  /** When this was written, ISO 8601. */
  readonly written: string;
  /** Version by name: deno, tfjs, TensorFlow, … */
  readonly versions: Readonly<Record<string, string>>;
  /** What the work ran on. */
  readonly device: string;
  readonly commit: Commit | null;
  /** Of all notebooks together. */
  readonly seconds: number;
  /** In the order of their names. */
  readonly notebooks: readonly NotebookRecord[];
  /** Ids of all runs that the profile consists of. */
  readonly runs: readonly string[];
}

const FILE = "manifest.json";

const COMMIT = z.object({ hash: z.string(), dirty: z.boolean() }).nullable();

/** Schema of `manifest.json`; keys of other versions are dropped. */
const MANIFEST = schemaOf<Manifest>()(z.object({
  profile: z.string(),
  summary: z.string(),
  written: z.string(),
  versions: z.record(z.string(), z.string()),
  device: z.string(),
  commit: COMMIT,
  seconds: z.number(),
  notebooks: z.array(z.object({
    name: z.string(),
    title: z.string(),
    seconds: z.number(),
    finished: z.string(),
    fingerprint: z.string(),
    commit: COMMIT,
  })),
  runs: z.array(z.string()),
}));

/**
 * A profile's manifest, or nothing where there is none.
 *
 * @throws {BadInput} if it is damaged: its path and the key
 */
export function readManifest(folder: string): Promise<Manifest | undefined> {
  return readJsonIfPresent(join(folder, FILE), MANIFEST);
}

export async function writeManifest(
  folder: string,
  manifest: Manifest,
): Promise<void> {
  const text = JSON.stringify(manifest, null, 2) + "\n";
  await writeFileAtomic(join(folder, FILE), text);
}

/** The records with one added, or put in place of the one with its name. */
export function withRecord(
  records: readonly NotebookRecord[],
  record: NotebookRecord,
): NotebookRecord[] {
  return [...records.filter((other) => other.name !== record.name), record]
    .sort((a, b) => a.name < b.name ? -1 : 1);
}

/** The commit of a folder, null where it is not under git. */
export async function commitOf(root: string): Promise<Commit | null> {
  const hash = await git(root, ["rev-parse", "HEAD"]);
  const changes = await git(root, [
    "status",
    "--porcelain",
    "--untracked-files=no",
    "--",
    ".",
    ":(exclude)results",
  ]);
  if (hash === undefined || changes === undefined) return null;
  return { hash: hash.trim(), dirty: changes.trim() !== "" };
}

async function git(root: string, args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command("git", {
      args,
      cwd: root,
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
