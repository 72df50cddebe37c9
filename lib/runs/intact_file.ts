import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { sha256 } from "../files/sha256.ts";
import { RECORD_FILE, type RunRecord } from "./record.ts";

/** The folder of a run. */
export interface RunFolder {
  readonly folder: string;
  /** If it is there, files that are read are compared with its hashes. */
  readonly record?: Pick<RunRecord, "files">;
}

/** What a file contains, and its path for messages. */
interface IntactFile<Content> {
  readonly path: string;
  readonly content: Content;
}

/**
 * Reads a run's file, once. If the run has its record, and that has hashes, as older ones
 * have not, what was read is compared with its hash.
 *
 * @param name of the file in the run's folder, such as `model/weights.bin`
 * @param read reads a file
 * @throws {BadInput} if the file was changed after the run was written
 */
export async function readIntact<Content extends Uint8Array | string>(
  { folder, record }: RunFolder,
  name: string,
  read: (path: string) => Promise<Content>,
): Promise<IntactFile<Content>> {
  const path = join(folder, name);
  const content = await read(path);
  const expected = record?.files?.[name];
  if (expected === undefined || sha256(content) === expected) {
    return { path, content };
  }
  throw new BadInput(
    `Cannot use ${path} as it is damaged: its SHA-256 is not that in ` +
      RECORD_FILE,
  );
}
