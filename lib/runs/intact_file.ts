import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { readBytes } from "../files/read_bytes.ts";
import { sha256 } from "../files/sha256.ts";
import { RECORD_FILE, type RunRecord } from "./record.ts";

/** The folder of a run. */
export interface RunFolder {
  readonly folder: string;
  /** If it is there, files that are read are compared with its hashes. */
  readonly record?: Pick<RunRecord, "files">;
}

/**
 * Returns the path of a run's file. If the run has its record, and that has hashes, as
 * older ones have not, the file is compared with its hash.
 *
 * @param name of the file in the run's folder, such as `model/weights.bin`
 * @throws {BadInput} if the file was changed after the run was written
 */
export async function intactFile(
  { folder, record }: RunFolder,
  name: string,
): Promise<string> {
  const path = join(folder, name);
  const expected = record?.files?.[name];
  if (expected === undefined || sha256(await readBytes(path)) === expected) {
    return path;
  }
  throw new BadInput(
    `Cannot use ${path} as it is damaged: its SHA-256 is not that in ` +
      RECORD_FILE,
  );
}
