import type { EnsureOptions } from "../../runs/ensure.ts";
import type { ForeignTeacher } from "../../runs/spec.ts";
import { sha256 } from "../../files/sha256.ts";
import { LOGITS, readLogits, readNpyBytes } from "../../files/npy.ts";
import type { Context } from "../command.ts";
import { warnIfProbabilities } from "../terminal/warnings.ts";

/** Logits from elsewhere as a teacher: what a spec and a training are told. */
export interface LoadedLogits {
  readonly spec: ForeignTeacher;
  readonly options: Required<Pick<EnsureOptions, "teacherLogits">>;
}

/**
 * Reads a teacher's logits from a file, and knows them by their content. Rows
 * that look like probabilities are warned of.
 *
 * @throws {BadInput} if it holds none
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
