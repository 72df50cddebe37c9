import { createHash } from "node:crypto";
import type { EnsureOptions } from "../../runs/ensure.ts";
import type { ForeignTeacher } from "../../runs/spec.ts";
import { readLogits } from "../../files/npy.ts";
import type { Context } from "../command.ts";
import { warnOfProbabilities } from "../terminal/warn_of_probabilities.ts";

/** Logits from elsewhere as a teacher: what a spec and a training are told. */
export interface GivenLogits {
  readonly spec: ForeignTeacher;
  readonly options: Required<Pick<EnsureOptions, "teacherLogits">>;
}

/**
 * Reads a teacher's logits from a file, and knows them by their content. Rows
 * that look like probabilities are warned of.
 *
 * @throws {BadInput} if it holds none
 */
export async function givenLogits(
  path: string,
  context: Context,
): Promise<GivenLogits> {
  const logits = await readLogits(path);
  warnOfProbabilities(logits, path, context);
  const bytes = await Deno.readFile(path);
  const digest = createHash("sha256").update(bytes).digest("hex");
  return {
    spec: { logits: digest },
    options: { teacherLogits: { logits, source: path } },
  };
}
