import type { EnsureOptions } from "../../runs/ensure.ts";
import type { ForeignTeacher } from "../../runs/spec.ts";
import { sha256 } from "../../files/sha256.ts";
import { LOGITS, readLogits, readNpyBytes } from "../../files/npy.ts";
import type { Context } from "../command.ts";
import { warnIfProbabilities } from "../terminal/warnings.ts";

/** A teacher's logits from a file. */
export interface LoadedLogits {
  /** The teacher in a run's spec, identified by the hash of its logits. */
  readonly spec: ForeignTeacher;
  /** The logits, as an option of the training. */
  readonly options: Required<Pick<EnsureOptions, "teacherLogits">>;
}

/**
 * Reads a teacher's logits from a file and identifies them by their content.
 * Warns about rows that look like probabilities.
 *
 * @throws {BadInput} if the file contains no logits
 */
export async function loadLogits(
  path: string,
  context: Context,
): Promise<LoadedLogits> {
  const logits = await readLogits(path);
  warnIfProbabilities(logits, path, context);
  // The same array has the same bytes in a .npy file and in a .npz archive.
  const { bytes } = await readNpyBytes(path, LOGITS);
  return {
    spec: { kind: "logits", logits: sha256(bytes) },
    options: { teacherLogits: { logits, source: path } },
  };
}
