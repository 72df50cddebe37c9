import { join } from "node:path";
import { z } from "zod";
import { readCheckedJson, withChecksum } from "../files/checked_json.ts";
import { schemaOf } from "../files/record_schema.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import { git } from "./git.ts";
import type { OutputHashes } from "./outputs.ts";

/** The git commit of the project. */
export interface Commit {
  readonly hash: string;
  /** True if tracked files outside `results` differ from the commit. */
  readonly dirty: boolean;
}

/** One executed notebook. */
export interface NotebookRecord {
  /** File name without extension, such as `04_calibration`. */
  readonly name: string;
  readonly title: string;
  readonly seconds: number;
  /** Time of its end, ISO 8601. */
  readonly finished: string;
  /** Result of `fingerprintOf()` before it was executed. */
  readonly fingerprint: string;
  readonly commit: Commit | null;
  /** Hashes of what it wrote; manifests of earlier versions lack them. */
  readonly outputs?: OutputHashes;
}

/** Provenance of a profile's outputs: sources, versions, device and times. */
export interface Manifest {
  readonly profile: string;
  /** Description of the profile in one line. */
  readonly summary: string;
  /** Time when the manifest was written, ISO 8601. */
  readonly written: string;
  /** Version by name: library, deno, tfjs, TensorFlow. */
  readonly versions: Readonly<Record<string, string>>;
  /** Version by name of npm package; earlier manifests lack it. */
  readonly packages?: Readonly<Record<string, string>>;
  /** CPU or GPU on which the notebooks ran. */
  readonly device: string;
  /** Vector extensions of the processor; earlier manifests lack them. */
  readonly processorFeatures?: readonly string[];
  /** Environment variables that can change numbers; earlier manifests lack them. */
  readonly environment?: Readonly<Record<string, string>>;
  /** SHA-256 of each data file; earlier manifests lack them. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly commit: Commit | null;
  /** Time of all notebooks. */
  readonly seconds: number;
  /** Executed notebooks, sorted by name. */
  readonly notebooks: readonly NotebookRecord[];
  /** Ids of all runs of the profile. */
  readonly runs: readonly string[];
}

const FILE = "manifest.json";

const COMMIT = z.object({ hash: z.string(), dirty: z.boolean() }).nullable();

const TEXTS = z.record(z.string(), z.string());

/** Schema of `manifest.json`; keys of other versions are dropped. */
const MANIFEST = schemaOf<Manifest>()(z.object({
  profile: z.string(),
  summary: z.string(),
  written: z.string(),
  versions: TEXTS,
  packages: TEXTS.exactOptional(),
  device: z.string(),
  processorFeatures: z.array(z.string()).exactOptional(),
  environment: TEXTS.exactOptional(),
  inputs: TEXTS.exactOptional(),
  commit: COMMIT,
  seconds: z.number(),
  notebooks: z.array(z.object({
    name: z.string(),
    title: z.string(),
    seconds: z.number(),
    finished: z.string(),
    fingerprint: z.string(),
    commit: COMMIT,
    outputs: TEXTS.exactOptional(),
  })),
  runs: z.array(z.string()),
}));

/**
 * Reads a profile's manifest; undefined if there is none.
 *
 * @throws {BadInput} if it is damaged or was changed after it was written; the message has
 * its path, and the key
 */
export function readManifest(folder: string): Promise<Manifest | undefined> {
  return readCheckedJson(join(folder, FILE), MANIFEST, { remedy: "it" });
}

export async function writeManifest(
  folder: string,
  manifest: Manifest,
): Promise<void> {
  const text = JSON.stringify(withChecksum(manifest), null, 2) + "\n";
  await writeFileAtomic(join(folder, FILE), text);
}

/** The records, sorted, with one added or replaced by name. */
export function withRecord(
  records: readonly NotebookRecord[],
  record: NotebookRecord,
): NotebookRecord[] {
  return [...records.filter((other) => other.name !== record.name), record]
    .sort((a, b) => a.name < b.name ? -1 : 1);
}

/**
 * The git commit of a folder; null if it is not in a repository.
 *
 * @param onRefused called with the repository if git does not read another user's
 */
export async function commitOf(
  root: string,
  onRefused: (repository: string) => void,
): Promise<Commit | null> {
  const hash = await git(root, ["rev-parse", "HEAD"], onRefused);
  if (hash === undefined) return null;
  const changes = await git(root, [
    "status",
    "--porcelain",
    "--untracked-files=no",
    "--",
    ".",
    ":(exclude)results",
  ], onRefused);
  if (changes === undefined) return null;
  return { hash: hash.trim(), dirty: changes.trim() !== "" };
}
